import type { RecordDescription } from './record-description.ts';

/** Bytes that are somewhere else: in staging, or in an earlier version of the object. Found by their digest. */
export interface PayloadReference {
  readonly size: number;
  /** Lower-case hex. */
  readonly sha512: string;
}

/** A small file of the package: its bytes, or where an earlier version has them. */
export type PackagedContent = { readonly content: Uint8Array } | { readonly payload: PayloadReference };

/** A file of the logical AIP, `path` from the root folder of the package. Payload bytes never pass through here. */
export type AipFile = { readonly path: string } & PackagedContent;

/** A PREMIS agent. `id` is unique in the package. */
export interface PreservationAgent {
  readonly id: string;
  readonly name: string;
  readonly type: 'person' | 'organization' | 'software' | 'hardware';
  readonly version?: string;
  readonly note?: string;
}

/** A PREMIS event. `type` is a term of the LoC vocabulary eventType; `agentIds` names at least one agent (AIP16). */
export interface PreservationEvent {
  /** Unique in the package. */
  readonly id: string;
  readonly type: string;
  readonly dateTime: Date;
  readonly detail?: string;
  readonly outcome?: string;
  readonly outcomeDetail?: string;
  readonly agentIds: readonly string[];
  /** Paths of files and representations in the package (`aipPathOf`); left out for an event of the package as a whole. */
  readonly objectIds?: readonly string[];
}

/** A validation report (JSON), under a safe name in `metadata/preservation/`. */
export type ValidationReport = { readonly name: string; readonly createdAt: Date } & PackagedContent;

/** A schema, profile or registry state that the package needs to be understood, kept in a shared object of the store. */
export interface RepresentationInformation {
  /** As `METS 1.12 and CSIP 2.2 XML schemas`. */
  readonly name: string;
  /** The OCFL id of the shared object. */
  readonly objectId: string;
  /** Of the file meant, or of the object's inventory when the object as a whole is meant; lower-case hex. */
  readonly sha512: string;
}

/** A file of the producer's package that is no document: its metadata, manifests, schemas. Byte for byte in `submission/`. */
export interface SubmissionFile {
  /** Below `submission/`; of `safeFilePaths`. */
  readonly path: string;
  readonly payload: PayloadReference;
}

/** Metadata of an earlier version, kept in the state of this one: an old seal covers the old record. */
export interface SupersededMetadata {
  readonly version: number;
  readonly packagedAt: Date;
  readonly dublinCore: PayloadReference;
  readonly record: PayloadReference;
  readonly confirmation?: PayloadReference;
}

/** Everything an AIP version is made from. Plain; the same description gives the same bytes. */
export interface AipDescription {
  readonly record: RecordDescription;
  readonly agents: readonly PreservationAgent[];
  readonly events: readonly PreservationEvent[];
  readonly validationReports: readonly ValidationReport[];
  /** A detached CMS signature (DER) over `sealedRecord(record)`. */
  readonly confirmation?: { readonly createdAt: Date } & PackagedContent;
  readonly representationInformation: readonly RepresentationInformation[];
  /** Of a record that came in as a package. */
  readonly submission?: readonly SubmissionFile[];
  /** JSON: what was found in that package, kept and ignored. */
  readonly ingestReport?: PackagedContent;
  readonly superseded?: readonly SupersededMetadata[];
}
