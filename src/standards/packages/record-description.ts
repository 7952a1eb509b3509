import type { RecordId } from '../../base/index.ts';

/** Any JSON value; metadata of a record comes from the producer and is bounded by its profile. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/** What was found about one signature, in the words of EN 319 102-1; times are `2026-11-24T12:00:00Z`. */
export interface SignatureSummary {
  readonly id?: string;
  readonly format: string;
  readonly indication: 'TOTAL_PASSED' | 'INDETERMINATE' | 'TOTAL_FAILED';
  readonly subIndication?: string;
  /** By which pages find their own sentence. */
  readonly reasonCode?: string;
  /** A sentence for people, in English. */
  readonly reason?: string;
  readonly signedBy?: string;
  readonly signingCertSha256?: string;
  readonly sigValueSha256?: string;
  readonly claimedSigningTime?: string;
  readonly bestSignatureTime?: string;
  readonly qualification?: string;
}

/** What a file's content was identified as. */
export interface FileFormat {
  readonly name: string;
  readonly version?: string;
  readonly puid?: string;
  readonly basis?: string;
}

/** What a file is to its record. */
export const fileRoles = ['content', 'signature', 'evidence-record', 'attachment'] as const;

/** One of the roles. */
export type FileRole = (typeof fileRoles)[number];

/** A file of the record as it was received. Digests are lower-case hex. */
export interface RecordFile {
  /** Below `data/` of its representation; of `safeFileNames`. */
  readonly path: string;
  /** The folder below `representations/`; `original` when left out. */
  readonly representation?: string;
  /** The exact name the producer gave, whatever characters it has. */
  readonly originalName: string;
  readonly size: number;
  readonly createdAt?: Date;
  readonly mimeType: string;
  readonly format?: FileFormat;
  readonly sha256: string;
  readonly sha512: string;
  /** Name and version of the malware scanner that found nothing in it; absent when none looked into all of it. */
  readonly scannedBy?: string;
  readonly role: FileRole;
  /** Paths (as in `path`) of the files that this detached signature or evidence record covers. */
  readonly signs?: readonly string[];
  readonly signatures: readonly SignatureSummary[];
}

/** A statement in one of the 15 elements of Dublin Core. */
export interface DublinCoreStatement {
  readonly element: DublinCoreElement;
  readonly value: string;
  /** BCP 47. */
  readonly language?: string;
}

/** The Dublin Core Metadata Element Set 1.1. */
export const dublinCoreElements = [
  'title',
  'creator',
  'subject',
  'description',
  'publisher',
  'contributor',
  'date',
  'type',
  'format',
  'identifier',
  'source',
  'language',
  'relation',
  'coverage',
  'rights',
] as const;

/** One of the 15 elements. */
export type DublinCoreElement = (typeof dublinCoreElements)[number];

/** An identifier that the producer gave the record, and what kind it is. */
export interface AlternativeIdentifier {
  readonly type: string;
  readonly value: string;
}

/** Why a version after the first exists. */
export interface Correction {
  readonly reason: string;
  /** The id of the agent who asked for it. */
  readonly by: string;
}

/**
 * The category under which a record was archived, as it stood in the list of the creator then (UTT 5 point 4): it decides the
 * regime and the retention period.
 */
export interface RecordClassification {
  /** Id of the creator. */
  readonly creator: string;
  /** Id of the version of the list, and its ordinal number. */
  readonly list: string;
  readonly listVersion: string;
  /** Number and date of the competent archive's consent. */
  readonly consent?: string;
  readonly mark: string;
  readonly name: string;
  /** A number of years, `trajno` or `trajno operativno`. */
  readonly period: string;
  /** The event from which the period runs. */
  readonly startEvent: string;
  /** `year-end` or `exact`. */
  readonly formula: string;
}

/** What is known of a record when it is packaged: what `record.json` seals and `trajno rebuild` reads. */
export interface RecordDescription {
  readonly id: RecordId;
  /** Version of the AIP, from 1; the OCFL version of its object. */
  readonly version: number;
  /** The number people cite, unique in the institution. */
  readonly number: string;
  readonly title: string;
  /** BCP 47, as `sr-Cyrl`. */
  readonly language?: string;
  readonly institution: { readonly id: string; readonly name: string };
  readonly profile: { readonly id: string; readonly version: string };
  /** Classification; absent while the record is received but not classified. */
  readonly category?: string;
  /** The category as it stood in the list; absent where there was no list. */
  readonly classification?: RecordClassification;
  /** The receipt of intake. */
  readonly intake?: { readonly number: string; readonly time: Date };
  readonly receivedAt: Date;
  /** When version 1 was packaged. */
  readonly archivedAt: Date;
  /** When this version was packaged. */
  readonly packagedAt: Date;
  /** The fields of the profile, those of UTT article 5 point 6 (`profiles/fields.json`) among them. */
  readonly metadata: Readonly<Record<string, JsonValue>>;
  /** Identifiers of the producer: of its package, of its submission agreement. */
  readonly alternativeIdentifiers?: readonly AlternativeIdentifier[];
  /** Further Dublin Core beside what follows from the other fields. */
  readonly descriptive: readonly DublinCoreStatement[];
  readonly files: readonly RecordFile[];
  readonly correction?: Correction;
  readonly software: { readonly name: string; readonly version: string };
}
