import { bytesReader } from '../../base/index.ts';
import { examineEvidenceRecord } from '../../standards/evidence/index.ts';
import { validateDocument } from '../../standards/signatures/index.ts';
import { type StatusFacts, statusFileNames } from '../preservation/index.ts';
import { type Check, check, failed, informative, passed, signatureOutcomes, type Trust } from './verification-check.ts';

/** The statement of fields 11 to 14 and its seal, as far as they are there. */
export interface GivenStatement {
  readonly statement?: Uint8Array;
  readonly seal?: Uint8Array;
}

/** What the statement goes with, and must be about. */
export interface StatedRecord {
  readonly id: string;
  readonly version: number;
  /** Of its documents. */
  readonly sha512: readonly string[];
  /** Times of the time-stamps that the evidence which goes along shows; empty where none does. */
  readonly stamps: ReadonlySet<string>;
  /** Only the newest of them are known. */
  readonly isNewestOnly?: true;
}

const id = 'status';

/**
 * Checks the sealed statement of fields 11 to 14 (UTT 5 point 6): its seal, that it is about this record and these documents,
 * and that the evidence which goes along shows the time-stamps that it names. A seal that is undecided is told and decides
 * nothing: what the statement says follows from the evidence.
 * @returns nothing where no statement was given
 */
export async function verifyStatus(given: GivenStatement, of: StatedRecord, trust: Trust): Promise<Check[]> {
  const { statement, seal } = given;
  if (!statement && !seal) return [];
  if (!statement || !seal)
    return [
      failed(id, 'Of the statement of fields 11 to 14 and its seal only one is there.', statusFileNames.statement),
    ];
  const facts = factsIn(statement);
  if (!facts) return [failed(id, 'The statement of fields 11 to 14 cannot be read.', statusFileNames.statement)];
  const faults = faultsOf(facts, of).map((detail) => failed(id, detail, statusFileNames.statement));
  if (faults.length > 0) return faults;
  return [await sealCheck(statement, seal, facts, trust)];
}

function factsIn(bytes: Uint8Array): StatusFacts | undefined {
  try {
    const facts: StatusFacts = JSON.parse(Buffer.from(bytes).toString('utf8'));
    const isOne =
      facts?.statement === 'trajno-status-1' &&
      typeof facts.record?.id === 'string' &&
      Array.isArray(facts.record.files) &&
      facts.record.files.every((file) => typeof file?.sha512 === 'string');
    return isOne ? facts : undefined;
  } catch {
    return undefined; // hostile bytes are a finding, not a fault
  }
}

function faultsOf({ record, datumVremenskogZiga: stamped }: StatusFacts, of: StatedRecord): string[] {
  if (record.id !== of.id || record.version !== of.version)
    return [`The statement is about version ${record.version} of ${record.id}, not about this package.`];
  const stated = new Set(record.files.map((file) => file.sha512));
  const missing = of.sha512.filter((digest) => !stated.has(digest));
  if (missing.length > 0 || stated.size !== new Set(of.sha512).size)
    return ['The statement names other documents than those of the record.'];
  if (!stamped || of.stamps.size === 0) return [];
  const named = of.isNewestOnly ? [stamped.latest] : [stamped.first, stamped.latest];
  const unknown = named.find((time) => !of.stamps.has(time));
  return unknown === undefined ? [] : [`No evidence that is here shows the time-stamp of ${unknown} which it names.`];
}

async function sealCheck(statement: Uint8Array, seal: Uint8Array, facts: StatusFacts, trust: Trust): Promise<Check> {
  const report = await validateDocument({
    document: bytesReader(seal),
    name: statusFileNames.seal,
    contents: [{ name: statusFileNames.statement, reader: bytesReader(statement) }],
    examineEvidenceRecord,
    ...trust,
  });
  const [own, other] = report.signatures;
  if (!own || other) return failed(id, 'The seal of the statement is not one signature.', statusFileNames.seal);
  const signer = own.signedBy ?? 'unknown';
  const told = `Fields 11 to 14 as they were ${facts.madeAt}: ${toldFields(facts)}. ${signer}: ${own.reason}`;
  if (own.indication === 'TOTAL_PASSED') return passed(id, told, statusFileNames.statement);
  return informative(check(id, signatureOutcomes[own.indication], told, statusFileNames.statement));
}

function toldFields({ datumVremenskogZiga, rokZaObnovu, statusPredmeta, statusDokumenta }: StatusFacts): string {
  return [
    datumVremenskogZiga ? `time-stamp ${datumVremenskogZiga.latest}` : 'no time-stamp yet',
    ...(rokZaObnovu ? [`renewal by ${rokZaObnovu.latest}`] : []),
    ...(statusPredmeta ? [`case ${statusPredmeta.status}`] : []),
    ...(statusDokumenta ? [`document ${statusDokumenta}`] : []),
  ].join(', ');
}
