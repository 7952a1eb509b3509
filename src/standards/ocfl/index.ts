export {
  type Inventory,
  inventoryName,
  type NewVersion,
  nextVersion,
  objectDeclaration,
  parseInventory,
  type StateFile,
  sidecar,
  sidecarName,
  stateOf,
  type VersionNote,
  versionNumber,
} from './inventory.ts';
export { objectPath, storageRootFiles } from './layout.ts';
export {
  checkAgainst,
  checkObject,
  expectedFiles,
  type FoundFile,
  type FoundObject,
  type ObjectFault,
} from './object-check.ts';
export { findingList, isError, type OcflFinding } from './ocfl-findings.ts';
export type { OcflEntry, OcflReader } from './ocfl-reader.ts';
export { type LayoutPath, layoutOfRoot } from './root-layout.ts';
export { type ObjectValidation, validateObject } from './validate-object.ts';
export { checkStorageRoot, isObjectFolder, objectsBelow } from './validate-storage-root.ts';
