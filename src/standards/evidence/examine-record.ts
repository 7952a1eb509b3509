import { FormatError } from '../../base/index.ts';
import type { Attribute } from '../formats/cms/index.ts';
import type { DigestName } from '../formats/x509/index.ts';
import { readTree, type TreeDocument, type TreeElement } from '../formats/xmldsig/index.ts';
import type {
  ArchiveTimestamp,
  ArchiveTimestampChain,
  CryptographicMaterial,
  EvidenceRecord,
  EvidenceRecordType,
} from './evidence-record.ts';
import { digestOf, rootOfHashTree, type ValueSet, valueSet } from './hash-tree.ts';
import { limits } from './limits.ts';
import { readAsn1Record } from './read-asn1-record.ts';
import { readXmlRecord } from './read-xml-record.ts';
import { UnsupportedRecord } from './unsupported-record.ts';

/** Where a record is read from: its octets in either form, or an element of a document that was read. */
export type EvidenceRecordSource =
  | { readonly octets: Uint8Array }
  | { readonly document: TreeDocument; readonly element: TreeElement };

/** Something that a record may be over. */
export interface DataObject {
  /** Undefined where the algorithm is unknown, or only other digests are. */
  digest(algorithm: DigestName): Promise<Uint8Array | undefined>;
  readonly size: number | undefined;
  /** Undefined where only digests are known. */
  chunks(): AsyncIterable<Uint8Array> | undefined;
  /** Other forms in which the same thing may have been hashed. */
  readonly alternatives?: readonly DataObject[];
}

/** How a record stands to one of the objects: `unknown` where its digest cannot be had. */
export type Coverage = 'covered' | 'uncovered' | 'unknown';

/** Something that the first list of an archive time-stamp must hold, beside its imprint. */
export interface BoundPart {
  readonly part: 'PRECEDING_TIME_STAMP' | 'PRECEDING_SEQUENCE' | 'DATA_OBJECT';
  readonly found: boolean;
  readonly intact: boolean;
}

/** An archive time-stamp, and what was found of its hash tree. Its token is for others to judge. */
export interface ExaminedTimestamp {
  readonly token: Uint8Array;
  readonly digestAlgorithm: DigestName | undefined;
  /** What lies beside the token. */
  readonly material: CryptographicMaterial;
  /** What the imprint must be; undefined where that cannot be told. */
  readonly root: Uint8Array | undefined;
  readonly bound: readonly BoundPart[];
}

/** What a record says of the objects, without a word about its time-stamps' signatures. */
export interface EvidenceExamination {
  readonly type: EvidenceRecordType;
  /** In the order of the objects: whether the initial archive time-stamp is over them. */
  readonly coverage: readonly Coverage[];
  /** How many values of the initial list are of none of the objects (RFC 4998 4.3, step 2). */
  readonly others: number;
  /** From the oldest to the newest. */
  readonly timestamps: readonly ExaminedTimestamp[];
  readonly cryptoInfos: readonly Attribute[];
  /** It uses a digest algorithm that it does not name (RFC 4998 3.1). */
  readonly usesUnnamedAlgorithm?: boolean;
  /** What the record uses that is not looked into here; then nothing else is said of it. */
  readonly unsupported?: string;
}

/**
 * Verifies the hash trees of an evidence record (RFC 4998 5.3, RFC 6283 4.3): which objects the initial archive time-stamp
 * is over, whether each later one of a chain renews the one before it, and whether each later chain is over the objects
 * and all chains before it.
 * @throws FormatError when the record breaks its form
 */
export async function examineEvidenceRecord(
  source: EvidenceRecordSource,
  objects: readonly DataObject[],
): Promise<EvidenceExamination> {
  const record = readRecord(source);
  if (record instanceof UnsupportedRecord) return unexamined(source, objects, record.message);
  if (record.chains.reduce((sum, { archiveTimestamps }) => sum + archiveTimestamps.length, 0) > limits.timestamps)
    throw new FormatError('evidence record', 'too many time-stamps');
  const budget: Budget = { left: limits.canonicalised };
  const timestamps: ExaminedTimestamp[] = [];
  let initial: ChainStart | undefined;
  for (const chain of record.chains) {
    const start = await examineStart(record, chain, { objects, initial, budget });
    initial ??= start;
    timestamps.push(start.timestamp, ...renewalsOf(chain));
  }
  const { type, cryptoInfos, usesUnnamedAlgorithm = false } = record;
  const { coverage = [], others = 0 } = initial ?? {};
  return { type, coverage, others, timestamps, cryptoInfos, usesUnnamedAlgorithm };
}

function unexamined(
  source: EvidenceRecordSource,
  objects: readonly DataObject[],
  unsupported: string,
): EvidenceExamination {
  const type = 'octets' in source && source.octets[0] === 0x30 ? 'ASN1_EVIDENCE_RECORD' : 'XML_EVIDENCE_RECORD';
  return { type, coverage: objects.map(() => 'unknown'), others: 0, timestamps: [], cryptoInfos: [], unsupported };
}

function readRecord(source: EvidenceRecordSource): EvidenceRecord | UnsupportedRecord {
  try {
    return parseRecord(source);
  } catch (error) {
    if (error instanceof UnsupportedRecord) return error;
    throw error;
  }
}

function parseRecord(source: EvidenceRecordSource): EvidenceRecord {
  if ('element' in source) return readXmlRecord(source.document, source.element);
  if (source.octets[0] === 0x30) return readAsn1Record(source.octets);
  const document = readTree(source.octets);
  return readXmlRecord(document, document.root);
}

/** Octets that may still be read as XML. */
interface Budget {
  left: number;
}

interface ChainStart {
  readonly timestamp: ExaminedTimestamp;
  readonly coverage: readonly Coverage[];
  readonly others: number;
}

/** The first archive time-stamp of a chain: over the objects and, in a chain after the first, over what is before. */
async function examineStart(
  { type }: EvidenceRecord,
  chain: ArchiveTimestampChain,
  { objects, initial, budget }: { objects: readonly DataObject[]; initial: ChainStart | undefined; budget: Budget },
): Promise<ChainStart> {
  const { digestAlgorithm } = chain;
  const [archiveTimestamp] = chain.archiveTimestamps as [ArchiveTimestamp];
  const held = valueSet(archiveTimestamp.hashTree[0] ?? [archiveTimestamp.imprint]);
  const known: Uint8Array[][] = [];
  for (const object of objects) known.push(await digestsOf(object, chain, held, budget));
  const preceding = digestAlgorithm ? precedingDigests(chain, digestAlgorithm) : [];
  const joined = type === 'ASN1_EVIDENCE_RECORD' && initial && digestAlgorithm;
  const expected = joined ? known.map((digests) => withPreceding(digests, preceding, digestAlgorithm)) : known;
  const lists = treeOf(archiveTimestamp, initial && type === 'XML_EVIDENCE_RECORD' ? [preceding] : expected);
  const [first = []] = lists;
  const listed = valueSet(first);
  // a time-stamp without a tree is over one object, and says nothing of others
  const otherwise = archiveTimestamp.hashTree.length === 0 && objects.length > 1 ? 'unknown' : 'uncovered';
  const coverage = expected.map((digests): Coverage => {
    if (digests.length === 0 || lists.length === 0) return 'unknown';
    return digests.some((digest) => listed.has(digest)) ? 'covered' : otherwise;
  });
  const explained = valueSet([...expected.flat(), ...(type === 'XML_EVIDENCE_RECORD' ? preceding : [])]);
  const others = first.filter((value) => !explained.has(value)).length;
  return {
    coverage,
    others,
    timestamp: {
      token: archiveTimestamp.token,
      material: archiveTimestamp.material,
      digestAlgorithm,
      root: digestAlgorithm && rootOfHashTree(lists, digestAlgorithm),
      bound: initial ? boundInRenewal(type, listed, preceding, coverage, others, initial) : [],
    },
  };
}

/**
 * The lists; where there are none, the one thing's digest itself is what is stamped (RFC 4998 4.3).
 * @param digests of each thing, in the forms that it may have been hashed in
 */
function treeOf({ hashTree, imprint }: ArchiveTimestamp, digests: readonly (readonly Uint8Array[])[]) {
  if (hashTree.length > 0) return hashTree;
  const stamped = digests.flat().find((digest) => Buffer.compare(digest, imprint) === 0);
  const [[only] = [], another] = digests;
  const value = stamped ?? (another ? undefined : only);
  return value ? [[value]] : [];
}

/** A hash-tree renewal holds the digest of all chains before, and every object that the record was over. */
function boundInRenewal(
  type: EvidenceRecordType,
  held: ValueSet,
  preceding: readonly Uint8Array[],
  coverage: readonly Coverage[],
  others: number,
  initial: ChainStart,
): BoundPart[] {
  const sequence: BoundPart[] =
    type === 'XML_EVIDENCE_RECORD'
      ? [{ part: 'PRECEDING_SEQUENCE', found: true, intact: preceding.some((digest) => held.has(digest)) }]
      : []; // in ASN.1 it is hashed together with each object (RFC 4998 5.2 step 4)
  const kept = coverage.filter((_, index) => initial.coverage[index] === 'covered');
  const objects = kept
    .filter((state) => state !== 'covered')
    .map((state): BoundPart => ({ part: 'DATA_OBJECT', found: state === 'uncovered' && others > 0, intact: false }));
  return [...sequence, ...objects];
}

function renewalsOf({ digestAlgorithm, archiveTimestamps }: ArchiveTimestampChain): ExaminedTimestamp[] {
  return archiveTimestamps.slice(1).map((archiveTimestamp, index) => {
    const before = archiveTimestamps[index]?.encodings ?? [];
    const digests = digestAlgorithm ? before.flatMap((encoding) => digestOf(encoding, digestAlgorithm) ?? []) : [];
    const lists = treeOf(archiveTimestamp, [digests]);
    const held = valueSet(lists[0] ?? []);
    const intact = archiveTimestamp.keepsAlgorithm && digests.some((digest) => held.has(digest));
    return {
      token: archiveTimestamp.token,
      material: archiveTimestamp.material,
      digestAlgorithm,
      root: digestAlgorithm && rootOfHashTree(lists, digestAlgorithm),
      bound: [{ part: 'PRECEDING_TIME_STAMP', found: digests.length > 0, intact }],
    };
  });
}

function precedingDigests({ precedingSequence }: ArchiveTimestampChain, algorithm: DigestName): Uint8Array[] {
  return precedingSequence.flatMap((encoding) => digestOf(encoding, algorithm) ?? []);
}

/** RFC 4998 5.2 step 4: the digest of the object's digest followed by that of the sequence before. */
function withPreceding(
  digests: readonly Uint8Array[],
  preceding: readonly Uint8Array[],
  algorithm: DigestName,
): Uint8Array[] {
  return digests.flatMap((digest) =>
    preceding.flatMap((before) => digestOf(Buffer.concat([digest, before]), algorithm) ?? []),
  );
}

/** The digest of an object and, in an XML record where that is not listed, of its canonical form. */
async function digestsOf(
  object: DataObject,
  chain: ArchiveTimestampChain,
  held: ValueSet,
  budget: Budget,
): Promise<Uint8Array[]> {
  const { digestAlgorithm, canonicalForm } = chain;
  if (!digestAlgorithm) return [];
  const digest = await object.digest(digestAlgorithm);
  const isListed = digest !== undefined && held.has(digest);
  const octets = canonicalForm && !isListed ? await smallXml(object, budget) : undefined;
  const canonical = octets && canonicalForm?.(octets);
  const other = canonical && digestOf(canonical, digestAlgorithm);
  const others = await Promise.all((object.alternatives ?? []).map((form) => digestsOf(form, chain, held, budget)));
  return [digest, other, ...others.flat()].filter((one): one is Uint8Array => one !== undefined);
}

/** The octets of an object that may be XML and is small enough to be read whole. */
async function smallXml(object: DataObject, budget: Budget): Promise<Uint8Array | undefined> {
  if (object.size === undefined || object.size > budget.left) return undefined;
  const parts: Uint8Array[] = [];
  for await (const chunk of object.chunks() ?? []) {
    if (parts.length === 0 && !/^(\u00ef\u00bb\u00bf)?\s*</.test(Buffer.from(chunk).toString('latin1', 0, 100)))
      return undefined;
    parts.push(chunk);
  }
  budget.left -= object.size;
  return parts.length > 0 ? Buffer.concat(parts) : undefined;
}
