import { readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { readAnchors } from '../../archive/trust-services/index.ts';
import { ArchiveError, utcSeconds } from '../../base/index.ts';
import { etsiReport, type ValidationReport } from '../../standards/signatures/index.ts';
import type { Command, ExitCode } from './command.ts';
import { validateFile } from './validate-file.ts';

/** `trajno validate FILE [--content …]… [--trust …]… [--trusted-list FILE]… [--signature-policy FILE]… [--at TIME] [--etsi-report FILE] [--json]`, or `--list LIST`, a JSON line each. */
export const validate: Command = async (args, context) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      content: { type: 'string', multiple: true, default: [] },
      trust: { type: 'string', multiple: true, default: [] },
      'trusted-list': { type: 'string', multiple: true, default: [] },
      'signature-policy': { type: 'string', multiple: true, default: [] },
      at: { type: 'string' },
      offline: { type: 'boolean', default: false },
      list: { type: 'string' },
      'etsi-report': { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const anchors =
    values.trust.length > 0
      ? (await Promise.all(values.trust.map(readAnchors))).flat()
      : await context.configuredAnchors();
  const source = values.offline ? undefined : await context.materialSource();
  const trustedLists = await context.trustedLists(values['trusted-list'], values);
  const validationTime = timeOf(values.at) ?? context.clock();
  const signaturePolicies = await Promise.all(values['signature-policy'].map(policyDocument));
  const settings = { anchors, validationTime, source, signaturePolicies, ...(trustedLists ? { trustedLists } : {}) };
  if (values.list !== undefined)
    return (await import('./validate-list.ts')).validateList(values.list, settings, context);
  const [file] = positionals;
  if (!file || positionals.length > 1)
    throw new ArchiveError('USAGE', 'Name one signed document, or a list with --list.');
  const report = await validateFile(file, values.content, settings);
  if (values['etsi-report'] !== undefined) await writeEtsiReport(report, file, values['etsi-report']);
  if (values.json) context.out.json({ file, ...report });
  else tell(report, context.out.line);
  return exitFor(report);
};

/** TS 119 102-2. @throws ArchiveError USAGE when there is no signature to report on, or the file cannot be written */
async function writeEtsiReport(report: ValidationReport, file: string, to: string): Promise<void> {
  const xml = etsiReport(report, basename(file));
  if (!xml) throw new ArchiveError('USAGE', 'There is no signature in the document, so there is no report to write.');
  await writeFile(to, xml).catch((cause) => {
    throw new ArchiveError('USAGE', `“${to}” cannot be written. Check the name.`, { cause });
  });
}

/** @throws ArchiveError USAGE when it cannot be read */
function policyDocument(path: string): Promise<Uint8Array> {
  return readFile(path).catch((cause) => {
    throw new ArchiveError('USAGE', `“${path}” cannot be read. Check the name.`, { cause });
  });
}

function timeOf(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) throw new ArchiveError('USAGE', `--at is a time as ${utcSeconds(new Date(0))}.`);
  return time;
}

/** Well is what has signatures, or is an evidence record, and nothing in it that does not pass. */
function exitFor({ container, signatures, evidenceRecords }: ValidationReport): ExitCode {
  const examined = container === 'ER' ? evidenceRecords : signatures;
  const passes =
    signatures.every(({ indication }) => indication === 'TOTAL_PASSED') &&
    evidenceRecords.every(({ indication }) => indication === 'PASSED');
  return examined.length > 0 && passes ? 0 : 1;
}

function tell(report: ValidationReport, line: (text: string) => void): void {
  const { container, signatures, evidenceRecords, error } = report;
  if (error) line(`${error.code}: ${error.message}`);
  if (signatures.length === 0 && container !== 'ER') line(`${container}: no signature`);
  for (const { indication, subIndication, format, signedBy, reason, qualification } of signatures) {
    line(`${indication}${subIndication ? `/${subIndication}` : ''}  ${format}  ${signedBy ?? ''}`);
    if (qualification !== undefined) line(`  ${qualification}`);
    line(`  ${reason}`);
  }
  for (const { indication, subIndication, type, reason } of evidenceRecords) {
    line(`${indication}${subIndication ? `/${subIndication}` : ''}  ${type}`);
    line(`  ${reason}`);
  }
}
