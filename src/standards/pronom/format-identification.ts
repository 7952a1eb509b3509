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
}

/** What a room of this table found; the rest follows from the format's row. */
export interface FormatFinding {
  readonly puid?: string;
  readonly name?: string;
  readonly mimeType?: string;
  readonly basis?: FormatIdentification['basis'];
  readonly kind?: DocumentKind | undefined;
}
