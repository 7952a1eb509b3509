import { parseArgs } from 'node:util';
import { type AuditReport, audit } from '../../archive/preservation/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { Command } from './command.ts';
import { headsIn } from './witness-heads.ts';

/**
 * `trajno audit [--location NAME] [--witness FILE]… [--json]`: reads and verifies every copy now, repairs what it can, and
 * compares the journal with what a witness holds of it, or with a receipt.
 */
export const auditCopies: Command = async (args, { openArchive, out }) => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      location: { type: 'string' },
      witness: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
    },
  });
  const witnessed = values.witness.flatMap(headsIn);
  const { context, evidence, close } = await openArchive();
  try {
    const names = context.storage.locations.map(({ description }) => description.name);
    if (values.location !== undefined && !names.includes(values.location))
      throw new ArchiveError('USAGE', `There is no location “${values.location}”: ${names.join(', ')}.`);
    const report = await audit(evidence, {
      witnessed,
      actor: 'operator',
      onProgress: ({ done, total }) => out.progress(done, total, 'copies read'),
      ...(values.location ? { location: values.location } : {}),
    });
    if (values.json) out.json(report);
    else tell(report, out.line);
    return isClean(report) ? 0 : 1;
  } finally {
    await close();
  }
};

function isClean({ damaged, missing, extra, journal, catalog, evidence }: AuditReport): boolean {
  return (
    damaged.length + missing.length + extra.length + catalog.length + evidence.length === 0 && journal === 'intact'
  );
}

function tell(report: AuditReport, line: (text: string) => void): void {
  line(`${report.copies} copies, ${report.bytes} bytes read; journal ${report.journal}`);
  for (const finding of [...report.damaged, ...report.missing, ...report.extra])
    line(
      `${finding.kind.padEnd(8)} ${finding.location}  ${finding.aip}  ${finding.path}  ${finding.cause}  ${finding.repaired ? 'repaired' : 'NOT REPAIRED'}`,
    );
  for (const { aip, cause, repaired } of report.catalog)
    line(`catalog  ${aip}  ${cause}  ${repaired ? 'repaired' : 'NOT REPAIRED'}`);
  for (const { batch, object, cause } of report.evidence) line(`evidence ${batch}  ${object ?? ''}  ${cause}`);
  line(isClean(report) ? 'Every copy is whole.' : 'Something was not as it should be.');
}
