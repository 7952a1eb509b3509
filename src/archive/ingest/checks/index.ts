export {
  alsoHashed,
  type ClaimedChecksums,
  compareChecksums,
  type DigestedFile,
  type WeakAlgorithm,
  weakAlgorithmsFor,
} from './checksums.ts';
export { type ContainerLimits, type SubmissionLimits, submissionLimits } from './limits.ts';
export { checkMetadata, metadataCompiler } from './metadata.ts';
export { checkNames, nameChecker, nameFault } from './names.ts';
export type { LocalizedText, Profile, ProfileField } from './profile.ts';
export { checkNotEmpty, checkSize } from './sizes.ts';
