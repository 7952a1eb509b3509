import type { ErrorPlace } from '../../../base/index.ts';

/** Text for people in the three languages of the product. */
export interface LocalizedText {
  readonly 'sr-Cyrl': string;
  readonly 'sr-Latn': string;
  readonly en: string;
}

/** A kind of record: what it must say of itself, what it may be made of, and what happens when a signature fails. */
export interface Profile {
  readonly id: string;
  readonly version: string;
  readonly title: LocalizedText;
  readonly description?: LocalizedText;
  /** JSON Schema 2020-12 of the metadata. */
  readonly metadataSchema: Readonly<Record<string, unknown>>;
  /** Media types or PUIDs; `*` for any. */
  readonly formats: '*' | readonly string[];
  /** In bytes. */
  readonly maxFileSize: number;
  readonly signature?: 'required' | 'optional';
  readonly onFailedSignature: 'archive' | 'quarantine' | 'refuse';
  /** What follows when a file is larger than the configured scanner looks into; `quarantine` when left out. */
  readonly onUnscannedFile?: 'archive' | 'quarantine';
  readonly confirmation: 'none' | 'test-seal';
  readonly category?: string;
  /** What the public page tells of a certified copy's record: its number alone, or its title too. */
  /** Whether the authorised person signs certified copies too, beside the institution's seal. */
  readonly personSignature?: 'none' | 'required';
  readonly publicVerification?: 'number' | 'title';
  /** Fields that the profile offers, in order, for forms and lists. */
  readonly fields: readonly ProfileField[];
  /** Compares metadata with `metadataSchema`, compiled once. Gives a place for each fault. */
  readonly metadataFaults: (metadata: unknown) => ErrorPlace[];
}

/** A field of a profile, as forms show it. */
export interface ProfileField {
  readonly name: string;
  readonly title: LocalizedText;
  readonly description?: LocalizedText;
  readonly required: boolean;
  readonly kind: 'text' | 'long-text' | 'date' | 'choice';
  readonly choices?: readonly string[];
  readonly maxLength?: number;
  readonly pattern?: string;
}
