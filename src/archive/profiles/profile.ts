import type { ErrorPlace } from '../../base/index.ts';

/** Text for people in the three languages of the product. */
export interface LocalizedText {
  readonly 'sr-Cyrl': string;
  readonly 'sr-Latn': string;
  readonly en: string;
}

/** The same as a person enters it: the Latin follows from the Cyrillic where it is left out. */
export type EnteredText = Omit<LocalizedText, 'sr-Latn'> & Partial<Pick<LocalizedText, 'sr-Latn'>>;

export const fieldKinds = ['text', 'long-text', 'date', 'choice', 'number', 'amount'] as const;

/** `number`: an integer; `amount`: money as text, `1234.56`. */
export type FieldKind = (typeof fieldKinds)[number];

export const fieldChecks = ['pib', 'jmbg', 'account', 'model97'] as const;

/** Check digits that a value must have (ISO/IEC 7064, and the rule of personal numbers). */
export type FieldCheck = (typeof fieldChecks)[number];

/** A field of a profile as it is defined. One that bears the name of a shared field, and no kind, is that field. */
export interface FieldDefinition {
  readonly name: string;
  readonly title?: EnteredText;
  readonly description?: EnteredText;
  readonly kind?: FieldKind;
  readonly required?: boolean;
  readonly maxLength?: number;
  /** A regular expression that the whole value must match; bounded in what it may cost. */
  readonly pattern?: string;
  readonly check?: FieldCheck;
  readonly choices?: readonly { readonly value: string; readonly title?: EnteredText }[];
}

export const signatureRules = ['optional', 'required', 'advanced', 'qualified'] as const;
export const consequences = ['archive', 'quarantine', 'refuse'] as const;
export const confirmations = ['none', 'test-seal', 'seal', 'person'] as const;
export const contentReaders = ['sef-invoice', 'e-mail'] as const;

/** What follows when a rule is not met: kept with the verdict, kept aside for a person, or refused. */
export type Consequence = (typeof consequences)[number];

/** What a profile rules beside its fields. */
export interface ProfileRules {
  /** Media types or PUIDs; `*` for any. */
  readonly formats: '*' | readonly string[];
  /** In bytes. */
  readonly maxFileSize: number;
  /** `required`: any; `advanced`, `qualified`: at least one that the trusted lists tell to be so (ZEDEIUP 51). */
  readonly signature?: (typeof signatureRules)[number];
  /** What follows from a signature that failed, is missing or is too weak. */
  readonly onFailedSignature: Consequence;
  /** What follows from one that could not be decided; it is archived with its verdict when left out. */
  readonly onIndeterminateSignature?: Consequence;
  /** What follows when a file is larger than the configured scanner looks into; `quarantine` when left out. */
  readonly onUnscannedFile?: 'archive' | 'quarantine';
  /** `seal` (once `test-seal`): the institution's seal over the sealed metadata; `person`: a person confirms first. */
  readonly confirmation: (typeof confirmations)[number];
  /** Another person than the one who handed it over checks it before it is packaged (U86-03). */
  readonly secondCheck?: boolean;
  /** An authorised person approves of it before it is packaged. */
  readonly approval?: boolean;
  readonly category?: string;
  /** What the public page tells of a certified copy's record: its number alone, or its title too. */
  readonly publicVerification?: 'number' | 'title';
  /** Whether the authorised person signs certified copies too, beside the institution's seal. */
  readonly personSignature?: 'none' | 'required';
  /** Reads the content: what stands there is filled in, and what was entered must agree with it. */
  readonly reads?: (typeof contentReaders)[number];
  /** Digitised from paper: its fields tell of the digitisation, which becomes an event of the package (U86-04). */
  readonly digitised?: boolean;
  /** `pdf-a`: of what is kept over five years, office formats need a PDF/A beside them (U86 13, ZEDEIUP 61). */
  readonly longTermFormats?: 'pdf-a';
  /** Fills in the fields of UTT 5 point 6 that the archive knows by itself. */
  readonly fillsStatutoryFields?: boolean;
}

/** A kind of record as an institution defines it: data, from which form, validation, schema and retention follow. */
export interface ProfileDefinition extends ProfileRules {
  readonly id: string;
  readonly title: EnteredText;
  readonly description?: EnteredText;
  readonly fields: readonly FieldDefinition[];
}

/** A kind of record: what it must say of itself, what it may be made of, and what happens when a signature fails. */
export interface Profile extends ProfileRules {
  readonly id: string;
  readonly version: string;
  readonly title: LocalizedText;
  readonly description?: LocalizedText;
  /** Comes with the product, or was published by the institution. */
  readonly origin: 'shipped' | 'own';
  readonly publishedAt?: string;
  readonly publishedBy?: string;
  /** No new records come under it. */
  readonly withdrawn?: boolean;
  /** JSON Schema 2020-12 of the metadata. */
  readonly metadataSchema: Readonly<Record<string, unknown>>;
  /** Fields that the profile offers, in order, for forms and lists. */
  readonly fields: readonly ProfileField[];
  /** What it was made of. */
  readonly definition: ProfileDefinition;
  /** Compares metadata with `metadataSchema`, compiled once. Gives a place for each fault. */
  readonly metadataFaults: (metadata: unknown) => ErrorPlace[];
}

/** A field of a profile, as forms show it. */
export interface ProfileField {
  readonly name: string;
  readonly title: LocalizedText;
  readonly description?: LocalizedText;
  readonly required: boolean;
  readonly kind: FieldKind;
  readonly choices?: readonly string[];
  /** How choices are called, where they have names beside their values. */
  readonly choiceTitles?: Readonly<Record<string, LocalizedText>>;
  readonly maxLength?: number;
  readonly pattern?: string;
}
