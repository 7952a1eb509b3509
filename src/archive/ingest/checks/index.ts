export {
  alsoHashed,
  type ClaimedChecksums,
  compareChecksums,
  type DigestedFile,
  type WeakAlgorithm,
  weakAlgorithmsFor,
} from './checksums.ts';
export { checkContainer } from './containers.ts';
export { checkContent, type FileToCheck } from './content.ts';
export { type ContainerLimits, defaultLimits, type SubmissionLimits } from './limits.ts';
export { checkMetadata } from './metadata.ts';
export { nameChecker, packageNameChecker } from './names.ts';
export { type FileToPair, groupFiles, type NamedDigests, type Pairing, pairSignatures } from './pairing.ts';
export { bomb, broken } from './refusals.ts';
export { checkNotEmpty, checkSize } from './sizes.ts';
