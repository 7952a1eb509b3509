import { parseArgs } from 'node:util';
import { installSignatures, queueReidentification, watchFormats } from '../../archive/preservation/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { Command } from './command.ts';
import { readSignatures } from './identify.ts';

/**
 * `trajno formats [--json]`: the signatures that formats are told by, and the share of each format in the holdings with what
 * is at risk.
 * `trajno formats update --signatures FILE… [--json]`: installs newer ones; a job then identifies the holdings anew.
 */
export const formats: Command = async (args, { openArchive, shippedSignatures, out }) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { signatures: { type: 'string', multiple: true, default: [] }, json: { type: 'boolean', default: false } },
  });
  const [action, ...more] = positionals;
  const isUpdate = action === 'update';
  if ((action !== undefined && !isUpdate) || more.length > 0 || isUpdate !== values.signatures.length > 0)
    throw new ArchiveError('USAGE', 'Use `trajno formats`, or `trajno formats update --signatures FILE`.');
  const data = isUpdate ? await readSignatures(values.signatures, await shippedSignatures()) : undefined;
  const { context, close } = await openArchive();
  try {
    if (data) await installSignatures(context, data, 'operator');
    const { versions } = await context.formatSignatures();
    const holdings = await watchFormats(context);
    const job = data && (await queueReidentification(context, context.formatSignatures, 'operator'));
    if (values.json) out.json({ signatures: versions, holdings, ...(job ? { job } : {}) });
    else {
      out.line(`PRONOM signatures ${versions.droid}, container signatures ${versions.container}`);
      for (const { puid = '–', formatName, files, bytes, risk } of holdings)
        out.line(
          `${String(files).padStart(8)} files ${String(bytes).padStart(14)} B  ${puid.padEnd(10)} ${formatName}${risk ? `  AT RISK: ${risk}` : ''}`,
        );
      if (job) out.line(`Job ${job} identifies the holdings anew; \`trajno serve\` or \`trajno worker\` works on it.`);
    }
    return 0;
  } finally {
    await close();
  }
};
