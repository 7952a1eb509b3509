/** An identifier with the name of the scheme it belongs to. */
export interface PremisIdentifier {
  readonly type: string;
  readonly value: string;
}

/** Terms of the LoC vocabulary relationshipType that we use. */
export const premisRelationshipTypes = ['structural', 'dependency', 'derivation', 'replacement'] as const;

/** Terms of the LoC vocabulary agentType. */
export const premisAgentTypes = ['person', 'organization', 'software', 'hardware'] as const;

/** A relationship of one object to others (LoC vocabularies relationshipType and relationshipSubType). */
export interface PremisRelationship {
  readonly type: (typeof premisRelationshipTypes)[number];
  readonly subType: string;
  readonly related: readonly PremisIdentifier[];
}

/** What was found about one signature, kept as an extension in our own namespace: PREMIS asks for the value itself. */
export interface PremisSignature {
  readonly format: string;
  readonly indication: string;
  readonly subIndication?: string;
  readonly signedBy?: string;
  readonly claimedSigningTime?: string;
  readonly bestSignatureTime?: string;
}

/** The record itself, or one of its representations. */
export interface PremisEntity {
  readonly kind: 'intellectualEntity' | 'representation';
  readonly identifiers: readonly PremisIdentifier[];
  readonly relationships: readonly PremisRelationship[];
}

/** A file of a representation. Digests are lower-case hex. */
export interface PremisFile {
  readonly kind: 'file';
  readonly identifiers: readonly PremisIdentifier[];
  readonly sha256: string;
  readonly sha512: string;
  readonly size: number;
  readonly format: {
    readonly name: string;
    readonly version?: string;
    readonly puid?: string;
    readonly basis?: string;
  };
  readonly originalName: string;
  readonly signatures: readonly PremisSignature[];
  readonly relationships: readonly PremisRelationship[];
}

/** Any object of the document. */
export type PremisObject = PremisEntity | PremisFile;

/** Something that happened to an object; `type` is a term of the LoC event type vocabulary. */
export interface PremisEvent {
  readonly identifier: PremisIdentifier;
  readonly type: string;
  readonly dateTime: Date;
  readonly detail?: string;
  readonly outcome?: string;
  readonly outcomeDetail?: string;
  readonly agents: readonly PremisIdentifier[];
  readonly objects: readonly PremisIdentifier[];
}

/** Who or what acted (LoC agent types). */
export interface PremisAgent {
  readonly identifier: PremisIdentifier;
  readonly name: string;
  readonly type: (typeof premisAgentTypes)[number];
  readonly version?: string;
  readonly note?: string;
}

/** A PREMIS 3.0 document. */
export interface PremisDocument {
  readonly objects: readonly PremisObject[];
  readonly events: readonly PremisEvent[];
  readonly agents: readonly PremisAgent[];
}
