export type { CryptographicMaterial } from './evidence-record.ts';
export {
  type BoundPart,
  type Coverage,
  type DataObject,
  type EvidenceExamination,
  type EvidenceRecordSource,
  type ExaminedTimestamp,
  examineEvidenceRecord,
} from './examine-record.ts';
export { digestLength, digestName } from './making/digest-algorithm.ts';
export { enrichTimestampToken, withoutRevocationData } from './making/enrich-timestamp-token.ts';
export {
  type ArchiveTimestampParts,
  type ChainParts,
  evidenceRecord,
} from './making/evidence-record.ts';
export {
  type HashTree,
  hashTree,
  hashTreeAlgorithm,
  reducedHashTree,
  type StoredHashTree,
  storedHashTree,
} from './making/hash-tree.ts';
export { type Leaf, leafNode, type ReducedHashTree, rootOf } from './making/leaf.ts';
export { hashTreeRenewalLeaf, timestampRenewalLeaf } from './making/renewal.ts';
