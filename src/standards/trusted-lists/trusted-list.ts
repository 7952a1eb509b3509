import type { Criteria } from './criteria.ts';

/**
 * A trusted list, or a list of trusted lists (ETSI TS 119 612 v2.1.1 to v2.4.1): plain data, as far as qualification asks.
 * Nothing here tells whether its signature was verified; whoever hands a list on as trusted has seen to that.
 */
export interface TrustedList {
  /** SHA-256 of the list as it was read, lower-case hex. */
  readonly sha256: string;
  /** Id of the root element: what a signature over the whole list refers to, where it does not refer to the document. */
  readonly id?: string;
  /** TSLVersionIdentifier (5.3.1). */
  readonly version: number;
  /** TSLSequenceNumber (5.3.2). */
  readonly sequenceNumber: number;
  /** TSLType (5.3.3), a URI. */
  readonly type: string;
  /** SchemeTerritory (5.3.10): `RS`, `EU`; empty where the list names none. */
  readonly territory: string;
  /** SchemeInformationURI (5.3.7), in the order of the list: pages for people, and the pivots of a list of lists. */
  readonly schemeInformation: readonly string[];
  readonly issuedAt: Date;
  /** NextUpdate (5.3.15); a list that is closed has none. */
  readonly nextUpdate?: Date;
  readonly pointers: readonly ListPointer[];
  readonly services: readonly TrustService[];
}

/** Where another list is, and who may sign it (5.3.13). */
export interface ListPointer {
  readonly location: string;
  readonly territory: string;
  readonly mediaType: string;
  /** DER. */
  readonly signers: readonly Uint8Array[];
}

/** A trust service with its history (5.5, 5.6). */
export interface TrustService {
  readonly provider: string;
  readonly name: string;
  /** Its digital identities that are certificates (5.5.3), DER. */
  readonly certificates: readonly Uint8Array[];
  /** The newest first; each lasts until the one before it begins. */
  readonly periods: readonly ServicePeriod[];
}

/** What a service was from a moment on. */
export interface ServicePeriod {
  /** ServiceTypeIdentifier, a URI. */
  readonly type: string;
  /** ServiceStatus, a URI. */
  readonly status: string;
  readonly from: Date;
  /** URIs of AdditionalServiceInformation (5.5.9.4). */
  readonly additional: readonly string[];
  readonly qualifications: readonly QualificationElement[];
  /** A critical extension that is not understood: nothing may be concluded from the service (5.5.9). */
  readonly hasUnknownCritical: boolean;
}

/** Qualifiers, and the certificates that they are about (5.5.9.2.1). */
export interface QualificationElement {
  readonly qualifiers: readonly string[];
  readonly criteria: Criteria;
}

const service = 'http://uri.etsi.org/TrstSvc/Svctype/';
const status = 'http://uri.etsi.org/TrstSvc/TrustedList/Svcstatus/';
const information = 'http://uri.etsi.org/TrstSvc/TrustedList/SvcInfoExt/';

/** Service types (5.5.1). */
export const serviceTypes = {
  qualifiedCertificates: `${service}CA/QC`,
  qualifiedTimestamps: `${service}TSA/QTST`,
  timestamps: `${service}TSA`,
  timestampsForQualified: `${service}TSA/TSS-QC`,
  timestampsForAdvanced: `${service}TSA/TSS-AdESQCandQES`,
} as const;

/** Statuses under which a service is what its type says: from July 2016 on, and under Directive 1999/93/EC (5.5.4). */
export const grantedStatus = `${status}granted`;
export const directiveStatuses: readonly string[] = ['undersupervision', 'supervisionincessation', 'accredited'].map(
  (name) => status + name,
);

/** AdditionalServiceInformation (5.5.9.4). */
export const coverage = {
  signature: `${information}ForeSignatures`,
  seal: `${information}ForeSeals`,
  website: `${information}ForWebSiteAuthentication`,
} as const;

/** The name of a qualifier (5.5.9.2.3), its URI without what all begin with. */
export function qualifierName(uri: string): string {
  return uri.startsWith(information) ? uri.slice(information.length) : uri;
}

/** When Regulation (EU) 910/2014 took the place of Directive 1999/93/EC. */
export const regulationApplies = new Date('2016-06-30T22:00:00Z');

/** What the service was at a moment, or undefined where the list does not reach back. */
export function periodAt({ periods }: TrustService, moment: Date): ServicePeriod | undefined {
  return periods.find(({ from }) => from <= moment);
}

/** Whether the service's status made it one of its type at that moment (TS 119 615 4.4, PRO-4.4.4). */
export function isGranted({ status: found, hasUnknownCritical }: ServicePeriod, moment: Date): boolean {
  if (hasUnknownCritical) return false;
  return moment < regulationApplies
    ? directiveStatuses.includes(found) || found === grantedStatus
    : found === grantedStatus;
}
