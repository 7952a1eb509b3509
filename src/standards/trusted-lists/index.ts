export { anchorSunset, type ListedAnchor, listedAnchors } from './listed-services.ts';
export { readTrustedList } from './read-trusted-list.ts';
export {
  isStale,
  type Qualified,
  type SignatureQualification,
  signatureQualification,
  type TimestampQualification,
  timestampQualification,
} from './signature-qualification.ts';
export type { ListPointer, TrustedList } from './trusted-list.ts';
