/** A file that a METS document points to, with what proves that it is the one. */
export interface MetsReference {
  /** An XML id, unique in the document. */
  readonly id: string;
  /** From the folder of the METS document, `/` between the segments, not percent-encoded. */
  readonly path: string;
  readonly mimeType: string;
  readonly size: number;
  readonly createdAt: Date;
  /** Lower-case hex. */
  readonly sha512: string;
}

/** A metadata file: what `dmdSec` and `amdSec/digiprovMD` refer to. */
export interface MetadataReference extends MetsReference {
  readonly mdType: 'DC' | 'PREMIS' | 'OTHER';
  readonly otherMdType?: string;
  readonly mdTypeVersion?: string;
  readonly status: 'CURRENT' | 'SUPERSEDED';
}

/** One `fileGrp`, and the `div` of the same name in the structural map (CSIP58 to CSIP112). */
export interface FileGroup {
  readonly id: string;
  /** `Documentation`, `Schemas`, `Metadata`, `Data` or `Representations/NAME` (CSIP64). */
  readonly use: string;
  /** The label of the `div`; the use when left out. */
  readonly label?: string;
  readonly files: readonly MetsReference[];
}

/** An agent of the package (CSIP10 to CSIP16, CSIP31). */
export interface MetsAgent {
  readonly role: 'CREATOR' | 'ARCHIVIST' | 'PRESERVATION';
  readonly type: 'OTHER' | 'ORGANIZATION';
  readonly otherType?: 'SOFTWARE';
  readonly name: string;
  readonly note?: { readonly type: 'SOFTWARE VERSION' | 'IDENTIFICATIONCODE'; readonly text: string };
}

/** What a METS 1.12 document of an E-ARK package says (CSIP 2.2.0). */
export interface MetsDocument {
  readonly objectId: string;
  readonly label?: string;
  readonly profile: string;
  readonly packageType: 'SIP' | 'AIP' | 'DIP';
  readonly createdAt: Date;
  readonly modifiedAt?: Date;
  readonly recordStatus: 'NEW' | 'VERSION' | 'CURRENT';
  readonly agents: readonly MetsAgent[];
  /** Other identifiers of the package (`altRecordID`), by kind. */
  readonly alternativeIds?: readonly { readonly type: string; readonly value: string }[];
  readonly descriptive: readonly MetadataReference[];
  readonly provenance: readonly MetadataReference[];
  readonly fileGroups: readonly FileGroup[];
}
