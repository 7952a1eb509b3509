import { parseArgs } from 'node:util';
import { verifyEvidence } from '../../archive/access/index.ts';
import { readAnchors } from '../../archive/trust-services/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { Command } from './command.ts';
import { tellVerification } from './tell-verification.ts';

/** `trajno evidence verify ER --data FILE… [--trust DIR] [--json]`: needs nothing but what it is given. */
export const evidence: Command = async (args, { out, clock }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      data: { type: 'string', multiple: true, default: [] },
      trust: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
    },
  });
  const [action, record, ...more] = positionals;
  const files = [...values.data, ...more]; // `--data A B` names two
  if (action !== 'verify' || !record) throw new ArchiveError('USAGE', 'Name one evidence record to verify.');
  if (files.length === 0) throw new ArchiveError('USAGE', 'Name the files that it is over with --data.');
  const anchors = (await Promise.all(values.trust.map(readAnchors))).flat();
  const verification = await verifyEvidence({ record, files, anchors, validationTime: clock() }).catch(unreadable);
  return tellVerification(verification, out, values.json);
};

function unreadable(cause: NodeJS.ErrnoException): never {
  if (cause.path === undefined) throw cause;
  throw new ArchiveError('USAGE', `“${cause.path}” cannot be read. Check the name.`, { cause });
}
