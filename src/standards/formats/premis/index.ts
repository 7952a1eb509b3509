export type {
  PremisAgent,
  PremisDocument,
  PremisEntity,
  PremisEvent,
  PremisFile,
  PremisIdentifier,
  PremisObject,
  PremisRelationship,
  PremisSignature,
} from './premis-document.ts';
export { readPremis } from './read-premis.ts';
export { writePremis } from './write-premis.ts';
