import {
  type CertificatePool,
  type CertificationPath,
  certificatePool,
  type RevocationSource,
  type RevocationStatus,
} from '../../certification-path/index.ts';
import { idOfEncoding, knownOctets, readCrls, readOcspResponses } from '../../formats/revocation/index.ts';
import { type Certificate, readCertificates } from '../../formats/x509/index.ts';
import type { TrustedList } from '../../trusted-lists/index.ts';
import type { EmbeddedMaterial } from '../embedded-material.ts';
import type { ValidationPolicy } from '../policy/validation-policy.ts';
import { trustAnchors } from './trust-anchors.ts';
import type { X509Conclusion } from './x509-conclusion.ts';

/** What is known of a certificate's revocation: all that was said of it, and what of that can be believed. */
export interface RevocationKnowledge {
  readonly all: readonly RevocationStatus[];
  /** Newest first. */
  readonly acceptable: readonly RevocationStatus[];
}

/** What everything of one document is judged with. */
export interface ValidationContext {
  readonly policy: ValidationPolicy;
  readonly currentTime: Date;
  readonly pool: CertificatePool;
  readonly anchors: CertificatePool;
  /** Those of them that were configured and stand in no list alone. */
  readonly configuredAnchors: CertificatePool;
  /** When a list took an anchor's status away. */
  readonly sunsetOf: (anchor: Certificate) => Date | undefined;
  /** An anchor that lists name for time-stamps and nothing else. */
  readonly isForTimestampsAlone: (anchor: Certificate) => boolean;
  readonly revocation: RevocationSource;
  /** Ids of the lists and responses that came with the document: what its level is told from. */
  readonly carried: ReadonlySet<string>;
  /** Conclusions of X.509 validation at the current time, by role and certificate: signatures share them. */
  readonly known: Map<string, X509Conclusion>;
  /** What is said of a certificate's revocation, by certificate and issuer. */
  readonly statuses: Map<string, RevocationStatus[]>;
  /** What of that can be believed, likewise. */
  readonly knowledge: Map<string, RevocationKnowledge>;
  /** The paths of those who make revocation data, by certificate. */
  readonly soundPaths: Map<string, CertificationPath | 'none'>;
}

/**
 * Validation context initialisation (EN 319 102-1 5.2.4): all material in one place.
 * @param inside what came with the document
 * @param outside what was collected elsewhere
 * @param lists trusted lists, whose services are anchors beside those of the configuration
 */
export function initialiseContext(
  policy: ValidationPolicy,
  currentTime: Date,
  anchors: readonly Uint8Array[],
  inside: readonly EmbeddedMaterial[],
  outside: EmbeddedMaterial,
  lists?: readonly TrustedList[],
): ValidationContext {
  const material = [...inside, outside];
  const { carried, crls, ocspResponses } = revocationOf(inside, outside);
  const embedded = readCertificates(material.flatMap(({ certificates }) => certificates));
  const fromResponders = readCertificates(ocspResponses.flatMap(({ certificates }) => certificates));
  const { all, configured, sunsetOf, isForTimestampsAlone } = trustAnchors(anchors, lists);
  return {
    policy,
    currentTime,
    pool: certificatePool([...embedded, ...fromResponders]),
    anchors: all,
    configuredAnchors: configured,
    sunsetOf,
    isForTimestampsAlone,
    revocation: { crls, ocspResponses },
    carried,
    known: new Map(),
    statuses: new Map(),
    knowledge: new Map(),
    soundPaths: new Map(),
  };
}

/** Revocation data, each once, with the ids of what came with the document. */
function revocationOf(inside: readonly EmbeddedMaterial[], outside: EmbeddedMaterial) {
  const carried = {
    crls: withIds(inside.flatMap(({ crls }) => crls)),
    ocspResponses: withIds(inside.flatMap(({ ocspResponses }) => ocspResponses)),
  };
  const crls = new Map([...carried.crls, ...withIds(outside.crls)]);
  const ocspResponses = new Map([...carried.ocspResponses, ...withIds(outside.ocspResponses)]);
  return {
    carried: new Set([...carried.crls, ...carried.ocspResponses].map(([id]) => id)),
    crls: readCrls(crls.values()),
    ocspResponses: readOcspResponses(ocspResponses.values()),
  };
}

function withIds(encodings: readonly Uint8Array[]): [id: string, der: Uint8Array][] {
  return encodings.map((found) => {
    const der = knownOctets(found) ?? found; // what is asked of these again is found without comparing
    return [idOfEncoding(der), der];
  });
}
