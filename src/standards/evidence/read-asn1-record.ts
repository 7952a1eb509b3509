import {
  type Asn1Element,
  childrenOf,
  decodeWholeAsn1,
  encodeElement,
  isContext,
  isUniversal,
  malformed,
  octetsOf,
  oidOf,
  required,
  sequenceOf,
  setOf,
  smallIntegerOf,
  toDer,
  universal,
} from '../formats/asn1/index.ts';
import type { Attribute } from '../formats/cms/index.ts';
import { readTimestampToken } from '../formats/tsp/index.ts';
import { type DigestName, digestNameOf, readAlgorithm } from '../formats/x509/index.ts';
import type { ArchiveTimestamp, ArchiveTimestampChain, EvidenceRecord } from './evidence-record.ts';
import { limits } from './limits.ts';
import { UnsupportedRecord } from './unsupported-record.ts';

/**
 * Reads an evidence record in ASN.1 (RFC 4998 3.1).
 * @throws FormatError, UnsupportedRecord
 */
export function readAsn1Record(octets: Uint8Array): EvidenceRecord {
  const [version, algorithms, ...rest] = sequenceOf(decodeWholeAsn1(octets), 'an EvidenceRecord');
  if (smallIntegerOf(version) !== 1) throw malformed('an evidence record of an unknown version');
  const named = sequenceOf(algorithms, 'digestAlgorithms').map((element) => digestNameOf(readAlgorithm(element).oid));
  const cryptoInfos = rest.find((element) => isContext(element, 0));
  if (rest.some((element) => isContext(element, 1))) throw new UnsupportedRecord('evidence over encrypted data');
  const chains = sequenceOf(
    rest.find((element) => isUniversal(element, universal.sequence)),
    'an ArchiveTimeStampSequence',
  );
  if (chains.length === 0 || chains.length > limits.chains) throw malformed('no chain, or too many');
  if (4 * (chains.length - 1) * octets.length > limits.hashed) throw malformed('too many chains for its length');
  const read = chains.map((chain, index) => readChain(chain, chains.slice(0, index)));
  return {
    type: 'ASN1_EVIDENCE_RECORD',
    chains: read,
    usesUnnamedAlgorithm: read.some(
      ({ digestAlgorithm }) => digestAlgorithm !== undefined && !named.includes(digestAlgorithm),
    ),
    cryptoInfos: cryptoInfos ? childrenOf(cryptoInfos).map(readAttribute) : [],
  };
}

function readAttribute(element: Asn1Element): Attribute {
  const [type, values] = sequenceOf(element, 'an Attribute');
  return { oid: oidOf(type), values: setOf(values), element };
}

function readChain(chain: Asn1Element, before: readonly Asn1Element[]): ArchiveTimestampChain {
  const members = sequenceOf(chain, 'an ArchiveTimeStampChain').map(readArchiveTimestamp);
  const [first] = members;
  if (!first || members.length > limits.timestamps) throw malformed('a chain of none or too many time-stamps');
  return {
    digestAlgorithm: first.algorithm,
    archiveTimestamps: members.map(({ archiveTimestamp, algorithm }) => ({
      ...archiveTimestamp,
      keepsAlgorithm: algorithm === first.algorithm,
    })),
    precedingSequence: before.length === 0 ? [] : encodingsOfSequence(before),
  };
}

/** RFC 4998 5.2 step 3: the ArchiveTimeStampSequence so far, in DER; some leave its outer tag away. */
function encodingsOfSequence(chains: readonly Asn1Element[]): Uint8Array[] {
  const der = chains.map(toDer);
  const asFound = chains.map(({ bytes }) => bytes);
  return [encodeElement(0x30, ...der), encodeElement(0x30, ...asFound), Buffer.concat(der), Buffer.concat(asFound)];
}

/** RFC 4998 4.1: the tags are implicit. */
function readArchiveTimestamp(element: Asn1Element): {
  archiveTimestamp: Omit<ArchiveTimestamp, 'keepsAlgorithm'>;
  algorithm: DigestName | undefined;
} {
  const parts = sequenceOf(element, 'an ArchiveTimeStamp');
  const token = required(parts.at(-1), 'a time-stamp');
  const [named] = parts.filter((part) => isContext(part, 0)).flatMap(childrenOf);
  const tree = parts.find((part) => isContext(part, 2));
  const { imprintDigest, imprint } = readTimestampToken(token.bytes);
  return {
    archiveTimestamp: {
      hashTree: tree ? readTree(tree) : [],
      token: token.bytes,
      imprint,
      material: { certificates: [], crls: [], ocspResponses: [] },
      encodings: [token.bytes, toDer(token)],
    },
    algorithm: named ? digestNameOf(oidOf(named)) : imprintDigest,
  };
}

function readTree(tree: Asn1Element): Uint8Array[][] {
  const lists = childrenOf(tree).map((list) => sequenceOf(list, 'a PartialHashtree').map(octetsOf));
  const values = lists.reduce((sum, list) => sum + list.length, 0);
  if (values > limits.hashValues) throw malformed('a hash tree of too many values');
  if (lists.some((list) => list.length === 0)) throw malformed('an empty list in a hash tree');
  return lists;
}
