import { createHash } from 'node:crypto';
import { FormatError } from '../../../base/index.ts';
import { type Certificate, type DigestName, readCertificates } from '../../formats/x509/index.ts';
import { canonicalize, standardCanonicalization } from '../../formats/xmldsig/index.ts';
import { joinMaterial, noMaterial } from '../embedded-material.ts';
import type {
  EvidenceExamination,
  EvidenceRecordSource,
  ExaminedTimestamp,
  ExamineEvidenceRecord,
} from '../evidence-examination.ts';
import type { SignedContent } from '../signed-content.ts';
import type { EvidenceRecordFacts, ReferenceFact, TimestampFacts } from '../signed-document.ts';
import { idsOfMaterial } from './archive-coverage.ts';
import { materialOfAttributes, materialOfCms } from './cms-material.ts';
import { readTimestamp, timestampId } from './cms-timestamps.ts';
import { tokenOf } from './token-of.ts';

/** Something that an evidence record may be over. */
export interface EvidencedObject {
  readonly name?: string;
  /** The digest algorithm that it must have in the first list, where a manifest says so (EN 319 162-1 4.4.3.3). */
  readonly digestAlgorithm?: DigestName;
  /** It has not the digest that a manifest names. */
  readonly differs?: boolean;
  /** Undefined where it is not at hand. */
  readonly content: SignedContent | undefined;
  /** Ids of what is proven to have existed when it is. */
  readonly covers: Iterable<string>;
}

/** An evidence record, and what it may be over. */
export interface EvidenceRecordToRead {
  readonly source: EvidenceRecordSource;
  readonly objects: readonly EvidencedObject[];
  /** Whether it must be over each of the objects; over each that is given, where any is; or over any. */
  readonly over: 'each' | 'given' | 'any';
  /** Ids of the signatures that it stands under, whether it is over them or not. */
  readonly sealed?: readonly string[];
  readonly candidates: readonly Certificate[];
}

/**
 * Facts of an evidence record: what its hash trees are over, and its time-stamps. One that breaks its form is told of, too.
 * @param examine undefined: it is only named
 */
export async function readEvidenceRecord(
  examine: ExamineEvidenceRecord | undefined,
  record: EvidenceRecordToRead,
): Promise<EvidenceRecordFacts> {
  const { source, objects, sealed = [] } = record;
  const bare = {
    id: idOf(source),
    type: isXml(source) ? ('XML_EVIDENCE_RECORD' as const) : ('ASN1_EVIDENCE_RECORD' as const),
    formatFindings: [],
    references: [],
    uncovered: [],
    timestamps: [],
    chains: [],
    covers: new Set<string>(),
    sealed: new Set(sealed),
    material: noMaterial,
  };
  if (!examine) return { ...bare, unexamined: 'evidence record' };
  try {
    const present = objects.filter(({ content }) => content !== undefined);
    const found = await examine(
      source,
      present.flatMap(({ content }) => content ?? []),
    );
    if (found.unsupported) return { ...bare, unexamined: found.unsupported };
    return { ...bare, ...(await factsOf(record, present, found)) };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { ...bare, formatFindings: [{ code: 'FORMAT_BROKEN', detail: error.message }] };
  }
}

async function factsOf(
  record: EvidenceRecordToRead,
  present: readonly EvidencedObject[],
  found: EvidenceExamination,
): Promise<Partial<EvidenceRecordFacts>> {
  const covered = present.filter((object, index) => found.coverage[index] === 'covered' && isAsNamed(object, found));
  const tokens = found.timestamps.flatMap(({ token }) => tokenOf(token)?.signedData ?? []);
  const material = joinMaterial([
    ...found.timestamps.map((timestamp) => timestamp.material),
    materialOfAttributes(found.cryptoInfos),
    ...tokens.map((signedData) => materialOfCms(signedData)),
  ]);
  const covers = new Set(covered.flatMap((object) => [...object.covers]));
  const candidates = [...readCertificates(material.certificates), ...record.candidates];
  const timestamps: TimestampFacts[] = [];
  const before = new Set<string>();
  for (const timestamp of found.timestamps) {
    const facts = await readArchiveTimestamp(timestamp, [...before], candidates);
    if (facts) timestamps.push(facts);
    for (const id of coveredInToken(timestamp)) before.add(id);
  }
  return {
    usesUnnamedAlgorithm: found.usesUnnamedAlgorithm ?? false,
    references: referencesOf(record, present, found),
    uncovered: present
      .filter((_, index) => found.coverage[index] !== 'covered')
      .map(({ name, content }) => name ?? content?.name ?? 'unnamed'),
    timestamps,
    chains: chainsOf(found, timestamps),
    covers,
    material,
  };
}

/** A renewal proves the time-stamps before it, and the material in them, to have existed. */
async function readArchiveTimestamp(
  { token, digestAlgorithm, root, bound }: ExaminedTimestamp,
  before: readonly string[],
  candidates: readonly Certificate[],
): Promise<TimestampFacts | undefined> {
  const facts = await readTimestamp(token, {
    type: 'EVIDENCE_RECORD_TIMESTAMP',
    imprintOf: async (algorithm) => (algorithm === digestAlgorithm ? root : undefined),
    covers: () => before,
    candidates,
  });
  const references = bound.map(
    ({ part, found, intact }): ReferenceFact => ({
      kind: part === 'DATA_OBJECT' ? 'EVIDENCED_OBJECT' : part,
      ...(digestAlgorithm ? { digestAlgorithm } : {}),
      found,
      intact,
    }),
  );
  return facts && { ...facts, references: [...facts.references, ...references] };
}

function coveredInToken({ token, material }: ExaminedTimestamp): string[] {
  const signedData = tokenOf(token)?.signedData;
  const inside = signedData ? [materialOfCms(signedData)] : [];
  return [timestampId(token), ...idsOfMaterial(joinMaterial([material, ...inside]))];
}

/** A chain's digest algorithm must hold until the next chain begins (RFC 4998 5.3). */
function chainsOf(found: EvidenceExamination, timestamps: readonly TimestampFacts[]): EvidenceRecordFacts['chains'] {
  const starts = found.timestamps.flatMap(({ bound, digestAlgorithm, token }) => {
    if (bound.some(({ part }) => part === 'PRECEDING_TIME_STAMP')) return [];
    const startsAt = timestamps.find(({ id }) => id === timestampId(token))?.productionTime;
    return [{ digestAlgorithm, startsAt }];
  });
  return starts.map(({ digestAlgorithm }, index) => {
    const endsAt = starts[index + 1]?.startsAt;
    return { digestAlgorithm, ...(endsAt ? { endsAt } : {}) };
  });
}

/** Where any object will do, and there is none, a lone value beside a lone object is of that object, changed. */
function referencesOf(
  { objects, over }: EvidenceRecordToRead,
  present: readonly EvidencedObject[],
  examination: EvidenceExamination,
): ReferenceFact[] {
  const { coverage, others, timestamps } = examination;
  const algorithm = timestamps[0]?.digestAlgorithm;
  const reference = (found: boolean, intact: boolean): ReferenceFact => ({
    kind: 'EVIDENCED_OBJECT',
    ...(algorithm ? { digestAlgorithm: algorithm } : {}),
    found,
    intact,
  });
  const of = (object: EvidencedObject) => coverage[present.indexOf(object)] ?? 'unknown';
  if (over === 'each')
    return objects.map((object) => {
      const intact = of(object) === 'covered' && isAsNamed(object, examination);
      return reference(of(object) !== 'unknown', intact);
    });
  const covered = present.filter((object) => of(object) === 'covered');
  if (covered.length > 0 && over === 'given')
    // RFC 4998 4.3: steps 1 and 2 are performed for every one
    return present.map((object) => reference(of(object) !== 'unknown', of(object) === 'covered'));
  if (covered.length > 0) return covered.map(() => reference(true, true));
  const isChanged = present.length === 1 && coverage[0] === 'uncovered' && others <= 1;
  return [reference(isChanged, false)];
}

/** Whether an object is as the manifest has it, if one names it. */
function isAsNamed({ digestAlgorithm, differs }: EvidencedObject, { timestamps }: EvidenceExamination): boolean {
  return !differs && (digestAlgorithm === undefined || digestAlgorithm === timestamps[0]?.digestAlgorithm);
}

function isXml(source: EvidenceRecordSource): boolean {
  return 'element' in source || source.octets[0] !== 0x30;
}

function idOf(source: EvidenceRecordSource): string {
  const octets =
    'element' in source
      ? canonicalize({ document: source.document, apex: source.element, comments: true }, standardCanonicalization)
      : source.octets;
  return `E-${createHash('sha256').update(octets).digest('hex')}`;
}
