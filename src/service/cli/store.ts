import { parseArgs } from 'node:util';
import { validateStore } from '../../archive/archival-storage/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { Command } from './command.ts';

/** `trajno store validate DIR [--json]`: an OCFL storage root or object, ours or anyone's. */
export const store: Command = async (args, { out }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { json: { type: 'boolean', default: false } },
  });
  const [action, folder, ...more] = positionals;
  if (action !== 'validate' || !folder || more.length > 0)
    throw new ArchiveError('USAGE', 'Name one storage root or object to validate.');
  const { valid, objects, errors, warnings } = await validateStore(folder, (done) =>
    out.progress(done, done + 1, 'objects validated'),
  );
  if (values.json) out.json({ valid, objects, errors, warnings });
  else {
    for (const { code, place, message } of [...errors, ...warnings]) out.line(`${code}  ${message}  (${place || '.'})`);
    out.line(
      `${valid ? 'valid' : 'not valid'}: ${objects} objects, ${errors.length} errors, ${warnings.length} warnings`,
    );
  }
  return valid ? 0 : 1;
};
