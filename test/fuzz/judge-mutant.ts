import { bytesReader } from '../../src/base/index.ts';
import { examineEvidenceRecord } from '../../src/standards/evidence/index.ts';
import {
  etsiReport,
  type TimestampReport,
  type ValidationReport,
  validateDocument,
} from '../../src/standards/signatures/index.ts';
import { type FuzzDocument, type FuzzDocuments, validationTime } from './documents.ts';
import { mutate } from './mutations/index.ts';
import { randomOf } from './random.ts';
import { difference, isSameContent } from './signed-content.ts';

/** Something that must never be. */
export interface Finding {
  readonly seed: number;
  readonly index: number;
  readonly document: string;
  readonly kind: 'crash' | 'hang' | 'memory' | 'other content' | 'risen';
  readonly detail: string;
  /** How many of the edits it takes. */
  readonly edits?: number;
  readonly bytes?: Uint8Array;
  readonly contents?: readonly Uint8Array[];
}

/** What became of one mutant. */
export interface Outcome {
  readonly passes: boolean;
  readonly finding?: Finding;
}

interface Original {
  readonly document: FuzzDocument;
  readonly report: ValidationReport;
}

/** Judges the mutants of a run; what it needs of the originals is made when first asked for. */
export function mutantJudge({ documents, worlds }: FuzzDocuments, seed: number) {
  const toys = documents.filter(({ world }) => world === 'toy');
  const others = documents.filter(({ world }) => world !== 'toy');
  const known = new Map<FuzzDocument, Promise<ValidationReport>>();

  const validated = (document: FuzzDocument, bytes: Uint8Array, contents: readonly Uint8Array[]) => {
    const { anchors, crls } = worlds[document.world];
    return validateDocument({
      document: bytesReader(bytes),
      name: 'mutant',
      contents: contents.map((content, index) => ({ ...nameOf(document, index), reader: bytesReader(content) })),
      anchors,
      validationTime,
      material: { crls },
      examineEvidenceRecord,
    });
  };
  const original = (document: FuzzDocument) => {
    const report =
      known.get(document) ??
      validated(
        document,
        document.bytes,
        document.contents.map(({ bytes }) => bytes),
      );
    known.set(document, report);
    return report;
  };

  return async (index: number): Promise<Outcome> => {
    const random = randomOf(seed, index);
    const document = random.pick(others.length === 0 || random.chance(65) ? toys : others);
    let bytes: Buffer = Buffer.from(document.bytes);
    const contents: Buffer[] = document.contents.map((content) => Buffer.from(content.bytes));
    const changed = contents.length > 0 && random.chance(20) ? random.below(contents.length) : -1;
    if (changed >= 0) contents[changed] = mutate(random, contents[changed] as Buffer);
    const report = await original(document);
    let passes = false;
    for (let edits = changed >= 0 ? 0 : 1, most = 1 + random.below(3); edits <= most; edits++) {
      if (edits > 0) bytes = mutate(random, bytes);
      if (edits > 0 && edits < most && random.chance(60)) continue; // what one edit does is mostly hidden by the next
      const found = { seed, index, document: document.name, edits, bytes, contents };
      try {
        const verdict = await validated(document, bytes, contents);
        etsiReport(verdict, 'mutant');
        passes ||= verdict.signatures.some(({ indication }) => indication === 'TOTAL_PASSED');
        const broken = brokenPromise({ document, report }, verdict, bytes, contents);
        if (broken) return { passes, finding: { ...found, ...broken } };
      } catch (error) {
        return { passes, finding: { ...found, kind: 'crash', detail: String((error as Error).stack ?? error) } };
      }
    }
    return { passes };
  };
}

function nameOf({ contents }: FuzzDocument, index: number): { name?: string } {
  const name = contents[index]?.name;
  return name === undefined ? {} : { name };
}

const timestampsIn = ({ signatures, timestamps, evidenceRecords }: ValidationReport): TimestampReport[] => [
  ...signatures.flatMap((signature) => signature.timestamps),
  ...timestamps,
  ...evidenceRecords.flatMap((record) => record.timestamps),
];

/** What a mutant says that its original does not bear out. */
function brokenPromise(
  { document, report }: Original,
  verdict: ValidationReport,
  bytes: Buffer,
  contents: readonly Buffer[],
): Pick<Finding, 'kind' | 'detail'> | undefined {
  const originals = { bytes: Buffer.from(document.bytes), contents: document.contents.map((content) => content.bytes) };
  const other = (detail: string) => ({ kind: 'other content', detail }) as const;
  for (const signature of verdict.signatures.filter(({ indication }) => indication === 'TOTAL_PASSED')) {
    const same = report.signatures.filter(({ sigValueSha256 }) => sigValueSha256 === signature.sigValueSha256);
    const alike = same.find(
      ({ signingCertSha256, claimedSigningTime }) =>
        signingCertSha256 === signature.signingCertSha256 && claimedSigningTime === signature.claimedSigningTime,
    );
    if (!alike) return other('a signature that was not there, by another, or at another time');
    if (!same.some(({ indication }) => indication === 'TOTAL_PASSED'))
      return { kind: 'risen', detail: `it was ${same[0]?.subIndication}` };
    const differs = difference(verdict.container, signature, originals, { bytes, contents });
    if (differs) return other(differs);
  }
  const times = timestampsIn(report).map(({ productionTime, tsaCertSha256 }) => `${productionTime} ${tsaCertSha256}`);
  for (const { indication, productionTime, tsaCertSha256, imprintIntact } of timestampsIn(verdict))
    if (indication === 'PASSED' && (!imprintIntact || !times.includes(`${productionTime} ${tsaCertSha256}`)))
      return other('a time-stamp of another time or authority');
  const isOther = (content: Buffer, index: number) =>
    !isSameContent(content, originals.contents[index] ?? Buffer.alloc(0));
  const names = contents.flatMap((content, index) => (isOther(content, index) ? [document.contents[index]?.name] : []));
  const overContents =
    verdict.container === 'ER' ? verdict.evidenceRecords : verdict.container === 'TSP' ? verdict.timestamps : [];
  for (const record of overContents)
    if (
      record.indication === 'PASSED' &&
      names.some((name) => !('notCovered' in record && name !== undefined && record.notCovered?.includes(name)))
    )
      return other('what was handed over');
  return undefined;
}
