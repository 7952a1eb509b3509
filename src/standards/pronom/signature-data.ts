/**
 * What the registry's two signature files say, as plain data: the compact form that is kept as JSON. Sequences stand in
 * PRONOM's own syntax, with the offset from the beginning as a gap before them, and that from the end as one behind.
 */
export interface SignatureData {
  readonly droid: SignatureRelease;
  readonly container: SignatureRelease;
  readonly formats: readonly RegistryFormat[];
  readonly signatures: readonly ByteSignature[];
  readonly containers: readonly ContainerSignature[];
  /** Formats whose byte signature makes a file be opened as a container. */
  readonly triggers: readonly ContainerTrigger[];
}

/** Which release of a signature file the data come from. */
export interface SignatureRelease {
  readonly version: string;
  /** As the file writes it; container files do not say. */
  readonly created?: string;
}

/** A format as the registry describes it. */
export interface RegistryFormat {
  readonly puid: string;
  readonly name: string;
  readonly version?: string;
  /** As the registry writes it: several are separated by commas. */
  readonly mimeType?: string;
  /** Lower case, without the dot. */
  readonly extensions?: readonly string[];
  /** PUIDs of the formats that this one outranks where both match. */
  readonly over?: readonly string[];
}

/** Sequences that must all be there. */
export interface ByteSequences {
  /** From the beginning of the file; one that may stand anywhere begins with a gap without end. */
  readonly start?: readonly string[];
  /** Up to the end of the file. */
  readonly end?: readonly string[];
}

/** A byte signature and the formats that it speaks for. */
export interface ByteSignature extends ByteSequences {
  readonly puids: readonly string[];
  /** Absent where it has no literal of two bytes: then it is always tried. */
  readonly literal?: DecisiveLiteral;
}

/** A literal without which a signature cannot match, worked out when the data are compiled. */
export interface DecisiveLiteral {
  /** Hexadecimal. */
  readonly bytes: string;
  /** Where it must stand; absent where it may stand in several places. */
  readonly at?: { readonly bound: 'start' | 'end'; readonly distance: number };
}

export type ContainerType = 'ZIP' | 'OLE2';

/** Files that must all be inside, each with one of its signatures where it has some. */
export interface ContainerSignature {
  readonly puids: readonly string[];
  readonly type: ContainerType;
  readonly files: readonly { readonly path: string; readonly signatures?: readonly ByteSequences[] }[];
}

export interface ContainerTrigger {
  readonly type: ContainerType;
  readonly puid: string;
}

/** What one signature file says; one of each kind makes `SignatureData`. */
export type FormatSignatureFile = Pick<SignatureData, 'droid' | 'formats' | 'signatures'>;
export type ContainerSignatureFile = Pick<SignatureData, 'container' | 'containers' | 'triggers'>;
