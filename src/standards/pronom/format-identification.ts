/** What a document is beyond its format, where that decides what is done with it. */
export type DocumentKind =
  | 'cms-signed'
  | 'cms-detached'
  | 'cms-encrypted'
  | 'timestamp'
  | 'evidence-record'
  | 'asic'
  | 'jws'
  | 'office-encrypted'
  | 'ubl-invoice'
  | 'xades-signature'
  | 'xml-signature';

/** A format that content, or at worst the name, speaks for. */
export interface FormatIdentification {
  /** PRONOM's identifier; absent for the few formats that have none. */
  readonly puid?: string;
  readonly name: string;
  readonly version?: string;
  readonly mimeType: string;
  readonly basis: 'container' | 'signature' | 'extension';
  readonly kind?: DocumentKind;
  readonly signatures: SignatureVersions;
}

/** The releases of the registry's signature files that a format was looked for with: `V109` and `25`. */
export interface SignatureVersions {
  readonly droid: string;
  readonly container: string;
}

/** What the structure of a document says; the rest follows from the format's row in the registry. */
export interface FormatFinding {
  readonly puid?: string;
  readonly name?: string;
  readonly mimeType?: string;
  readonly basis?: FormatIdentification['basis'];
  readonly kind?: DocumentKind | undefined;
  /** The structure was read so far that bytes which look like something else inside it do not count. */
  readonly conclusive?: boolean;
}
