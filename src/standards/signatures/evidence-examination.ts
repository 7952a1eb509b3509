import type { Attribute } from '../formats/cms/index.ts';
import type { DigestName } from '../formats/x509/index.ts';
import type { TreeDocument, TreeElement } from '../formats/xmldsig/index.ts';
import type { EmbeddedMaterial } from './embedded-material.ts';
import type { SignedContent } from './signed-content.ts';

/** Where an evidence record stands: octets of its own, or an element of a document. */
export type EvidenceRecordSource =
  | { readonly octets: Uint8Array }
  | { readonly document: TreeDocument; readonly element: TreeElement };

/** An archive time-stamp as its hash tree has it; its token is judged here. */
export interface ExaminedTimestamp {
  readonly token: Uint8Array;
  /** What lies beside it, and is under what renews it. */
  readonly material: EmbeddedMaterial;
  readonly digestAlgorithm: DigestName | undefined;
  /** What the imprint must be. */
  readonly root: Uint8Array | undefined;
  readonly bound: readonly {
    readonly part: 'PRECEDING_TIME_STAMP' | 'PRECEDING_SEQUENCE' | 'DATA_OBJECT';
    readonly found: boolean;
    readonly intact: boolean;
  }[];
}

/** What the hash trees of an evidence record say of the objects that were handed over with it. */
export interface EvidenceExamination {
  readonly type: 'ASN1_EVIDENCE_RECORD' | 'XML_EVIDENCE_RECORD';
  readonly coverage: readonly ('covered' | 'uncovered' | 'unknown')[];
  /** How many values of the initial list are of none of the objects. */
  readonly others: number;
  readonly timestamps: readonly ExaminedTimestamp[];
  readonly cryptoInfos: readonly Attribute[];
  /** It uses a digest algorithm that it does not name (RFC 4998 3.1). */
  readonly usesUnnamedAlgorithm?: boolean;
  /** What the record uses that is not looked into; then nothing else is said of it. */
  readonly unsupported?: string;
}

/**
 * Verifies the hash trees of an evidence record: what `standards/evidence` does. It is handed in, since rooms of this
 * floor do not import one another.
 * @throws FormatError when the record breaks its form
 */
export type ExamineEvidenceRecord = (
  source: EvidenceRecordSource,
  objects: readonly SignedContent[],
) => Promise<EvidenceExamination>;
