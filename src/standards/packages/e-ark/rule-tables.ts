/** How binding a requirement is (RFC 2119). */
export type RequirementLevel = 'MUST' | 'SHOULD' | 'MAY';

/** One version of the E-ARK specifications, as `profiles/e-ark/<version>.json` has it. */
export interface SpecificationTable {
  readonly version: string;
  /** `YYYY-MM-DD`. */
  readonly published: string;
  /** The addresses that `mets/@PROFILE` may have, by kind of package. */
  readonly profiles: Readonly<Record<PackageKind | 'CSIP', readonly string[]>>;
  /** Up to 2.1 media types are those of IANA; from 2.2 another list may be agreed on, so only the form is judged. */
  readonly mediaTypes: 'registered' | 'form';
  readonly requirements: Readonly<Record<string, { readonly level: RequirementLevel; readonly name: string }>>;
}

/** The kinds of package that extend the common specification. */
export type PackageKind = 'SIP' | 'AIP' | 'DIP';

/** One thing that a requirement asks of each element at `at`; requirements of several things have several rules. */
export interface ElementRule {
  readonly id: string;
  /** A path of element names from `mets`; `[NAME=VALUE]` and `[child]` choose, `//` skips levels. */
  readonly at: string;
  readonly attribute?: string;
  readonly child?: string;
  readonly descendant?: string;
  /** The descendant must have this child. */
  readonly holding?: string;
  /** How many children there may be. */
  readonly most?: number;
  /** The children must have text. */
  readonly text?: boolean;
  readonly values?: readonly string[];
  readonly vocabulary?: string;
  readonly form?: string;
  readonly when?: { readonly attribute: string; readonly values: readonly string[] };
  /** `package`: asked of the METS document of the package only, not of those of representations. */
  readonly scope?: 'package';
}

/** Elements that point to files, and the requirements that are broken when file and statement differ. */
export interface ReferenceRule {
  readonly at: string;
  /** The child that has the address; the element itself when left out. */
  readonly locator?: string;
  readonly href: string;
  readonly size?: string;
  readonly checksum?: string;
}

/** All that the engine works by: data, read from `profiles/e-ark`. */
export interface EarkRules {
  /** Oldest first. */
  readonly specifications: readonly SpecificationTable[];
  readonly rules: readonly ElementRule[];
  readonly references: readonly ReferenceRule[];
  readonly vocabularies: Readonly<Record<string, readonly string[]>>;
  /** The XML schema of METS 1.12, and what it imports by address. */
  readonly metsSchema: { readonly schema: Uint8Array; readonly imported: Readonly<Record<string, Uint8Array>> };
}

/** A requirement that is not met. */
export interface EarkFinding {
  readonly id: string;
  readonly level: RequirementLevel;
  /** The requirement's name, as the specification has it. */
  readonly requirement: string;
  /** A sentence for people, in English. */
  readonly message: string;
  /** A file, `FILE#/path/of/elements` inside a METS document, or a folder. */
  readonly place: string;
}
