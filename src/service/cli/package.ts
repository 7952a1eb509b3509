import { parseArgs } from 'node:util';
import { validatePackage } from '../../archive/access/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { Command } from './command.ts';

/** `trajno package validate PATH [--spec VERSION] [--json]`: an E-ARK package, ours or anyone's. */
export const packageCommand: Command = async (args, { out, clock }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { spec: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const [action, path, ...more] = positionals;
  if (action !== 'validate' || !path || more.length > 0)
    throw new ArchiveError('USAGE', 'Name one package to validate.');
  const validation = await validatePackage(path, clock(), values.spec);
  if (values.json) out.json(validation);
  else {
    for (const { id, level, message, place } of validation.findings)
      out.line(`${level.padEnd(6)} ${id.padEnd(9)} ${message}  (${place || '.'})`);
    out.line(`${validation.valid ? 'valid' : 'not valid'} by ${validation.specification}`);
  }
  return validation.valid ? 0 : 1;
};
