import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { verdictHistory } from '../../src/archive/data-management/index.ts';
import { versionEvidence } from '../../src/archive/preservation/index.ts';
import { bytesReader, readWhole } from '../../src/base/index.ts';
import { examineEvidenceRecord } from '../../src/standards/evidence/index.ts';
import { validateDocument } from '../../src/standards/signatures/index.ts';
import { policyOf } from './algorithm-table.ts';
import type { LivedCentury } from './live.ts';

const largest = 1 << 24;

/** Something that is not as it must be at the end. */
export interface Fault {
  readonly record: string;
  readonly what: string;
}

/** How the end is looked at. */
export interface Reckoning {
  /** Where files and evidence records of some records are left. */
  readonly keep?: string;
  readonly kept?: number;
}

/**
 * Verifies the evidence record of every original file as a stranger would at the end: by the record, the file, and the roots
 * that there ever were; nothing of the archive is at hand.
 */
export async function faultsAtTheEnd(lived: LivedCentury, { keep, kept = 8 }: Reckoning = {}): Promise<Fault[]> {
  const { archive, authorities, records, clock } = lived;
  const context = archive.context();
  const anchors = await authorities.trust.anchors();
  const policy = policyOf(clock().getUTCFullYear());
  const step = Math.max(1, Math.floor(records.length / kept));
  const faults: Fault[] = [];
  for (const [index, record] of records.entries()) {
    const evidence = await versionEvidence(context, record, 1);
    if (!evidence) {
      faults.push({ record, what: 'has no evidence' });
      continue;
    }
    for (const { path } of evidence.files.filter((file) => /\/data\/|METS\.xml$/.test(file.path))) {
      const file = await readWhole(await context.storage.openState(record, path, 1), largest);
      const octets = await evidence.recordOf(path);
      const report = await validateDocument({
        document: bytesReader(octets),
        name: 'evidence.ers',
        contents: [{ name: path, reader: bytesReader(file) }],
        anchors,
        validationTime: clock(),
        policy,
        examineEvidenceRecord,
      });
      const [found] = report.evidenceRecords;
      if (found?.indication !== 'PASSED')
        faults.push({ record, what: `${path}: ${found?.indication} ${found?.subIndication ?? ''} ${found?.reason}` });
      if (keep && index % step === 0) leave(keep, `${index}-${path.replaceAll('/', '_')}`, file, octets);
    }
    faults.push(...(await jumps(lived, record)));
  }
  if (keep) anchors.forEach((der, number) => void leaveAnchor(keep, number, der));
  return faults;
}

/** A verdict never jumps from passed to failed, and once it passed it stays so: the evidence is there to hold it. */
async function jumps({ archive }: LivedCentury, record: string): Promise<Fault[]> {
  const history = await verdictHistory(archive.context().catalog, record);
  const faults: Fault[] = [];
  let before = '';
  for (const { indication, subIndication = '', reasonCode = '', validatedAt } of history) {
    if (indication === 'TOTAL_FAILED' || (before === 'TOTAL_PASSED' && indication !== 'TOTAL_PASSED'))
      faults.push({
        record,
        what: `${validatedAt}: ${before || 'new'} → ${indication} ${subIndication} ${reasonCode}`,
      });
    before = indication;
  }
  return before === 'TOTAL_PASSED'
    ? faults
    : [
        ...faults,
        {
          record,
          what: `ends in ${before || 'no verdict'} ${history.at(-1)?.subIndication ?? ''} ${history.at(-1)?.reasonCode ?? ''}`,
        },
      ];
}

function leave(folder: string, name: string, file: Uint8Array, record: Uint8Array): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), file);
  writeFileSync(join(folder, `${name}.ers`), record);
}

function leaveAnchor(folder: string, number: number, der: Uint8Array): void {
  mkdirSync(join(folder, 'roots'), { recursive: true });
  writeFileSync(join(folder, 'roots', `${number}.cer`), der);
}
