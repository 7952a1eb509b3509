import { parseArgs } from 'node:util';
import { verifyExport } from '../../archive/access/index.ts';
import { readAnchors } from '../../archive/trust-services/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { Command } from './command.ts';
import { tellVerification } from './tell-verification.ts';

/** `trajno verify PATH [--trust DIR] [--json]`: needs nothing but what it is given. */
export const verify: Command = async (args, { out, clock }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { trust: { type: 'string', multiple: true, default: [] }, json: { type: 'boolean', default: false } },
  });
  const [path] = positionals;
  if (!path || positionals.length > 1) throw new ArchiveError('USAGE', 'Name one exported package.');
  const anchors = (await Promise.all(values.trust.map(readAnchors))).flat();
  const verification = await verifyExport(path, anchors, clock());
  return tellVerification(verification, out, values.json);
};
