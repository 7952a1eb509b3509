import type { CertificationPath } from '../certification-path/index.ts';
import { type CertificateQualification, certificateQualification } from './certificate-qualification.ts';
import { servicesOn } from './listed-services.ts';
import { isGranted, periodAt, type ServicePeriod, serviceTypes, type TrustedList } from './trusted-list.ts';

/** What a signature is by the law, as DSS names it (`SignatureQualification`, readable form). */
export type SignatureQualification =
  | PlainQualification
  | `Indeterminate ${PlainQualification}`
  | 'Not AdES but QC with QSCD'
  | 'Not AdES but QC'
  | 'Not AdES'
  | 'N/A';

/** Qualifications of a signature that holds. */
export type PlainQualification =
  | 'QESig'
  | 'QESeal'
  | 'Unknown-QC-QSCD'
  | 'AdESig-QC'
  | 'AdESeal-QC'
  | 'Unknown-QC'
  | 'AdESig'
  | 'AdESeal'
  | 'Unknown';

/** What a time-stamp is by the law, as DSS names it. */
export type TimestampQualification = 'QTSA' | 'TSA' | 'N/A';

/** A qualification, and the list that decided it. */
export interface Qualified<Name> {
  readonly qualification: Name;
  readonly trustedList?: {
    readonly territory: string;
    readonly sequenceNumber: number;
    readonly sha256: string;
    /** Its next update was due before the validation time. */
    readonly stale?: true;
  };
}

/** What is asked of the lists. */
export interface QualificationQuestion {
  readonly lists: readonly TrustedList[];
  /** From the certificate in question to the anchor. */
  readonly path: CertificationPath;
  /** Best signature time, or the time-stamp's time. */
  readonly moment: Date;
  readonly validationTime: Date;
}

/**
 * What a signature is by the law: its certificate must have been qualified when it was issued and when the signature is
 * proven to have existed (TS 119 615 PRO-4.4.4-34; TS 119 172-4).
 */
export function signatureQualification(
  { lists, path, moment, validationTime }: QualificationQuestion,
  indication: 'TOTAL_PASSED' | 'INDETERMINATE' | 'TOTAL_FAILED',
): Qualified<SignatureQualification> {
  const [certificate, ...issuers] = path;
  const services = servicesOn(lists, issuers, ({ type }) => type === serviceTypes.qualifiedCertificates);
  if (!certificate) return { qualification: 'N/A' };
  const atMoment = certificateQualification(certificate, services, moment);
  const [someService] = services;
  if (!atMoment) return { qualification: 'N/A', ...named(someService?.list, validationTime) };
  const atIssuance = certificateQualification(certificate, services, certificate.notBefore);
  const whole = atIssuance?.qualified ? atMoment : { ...atMoment, qualified: false, device: false };
  return { qualification: nameOf(whole, indication), ...named(atMoment.list, validationTime) };
}

function nameOf(
  certificate: CertificateQualification,
  indication: 'TOTAL_PASSED' | 'INDETERMINATE' | 'TOTAL_FAILED',
): SignatureQualification {
  const { qualified, device } = certificate;
  switch (indication) {
    case 'TOTAL_PASSED':
      return plainName(certificate);
    case 'INDETERMINATE':
      return `Indeterminate ${plainName(certificate)}`;
    case 'TOTAL_FAILED':
      return qualified ? (device ? 'Not AdES but QC with QSCD' : 'Not AdES but QC') : 'Not AdES';
  }
}

/** By use: with a qualified certificate and device, with a qualified certificate, with another. */
const names = {
  signature: ['QESig', 'AdESig-QC', 'AdESig'],
  seal: ['QESeal', 'AdESeal-QC', 'AdESeal'],
  website: ['Unknown-QC-QSCD', 'Unknown-QC', 'Unknown'],
  unknown: ['Unknown-QC-QSCD', 'Unknown-QC', 'Unknown'],
} as const satisfies Record<CertificateQualification['use'], readonly PlainQualification[]>;

function plainName({ qualified, use, device }: CertificateQualification): PlainQualification {
  const [withDevice, withCertificate, without] = names[use];
  return qualified ? (device ? withDevice : withCertificate) : without;
}

const timestampTypes: readonly string[] = [
  serviceTypes.qualifiedTimestamps,
  serviceTypes.timestamps,
  serviceTypes.timestampsForQualified,
  serviceTypes.timestampsForAdvanced,
];
const isForTimestamps = ({ type }: ServicePeriod) => timestampTypes.includes(type);

/**
 * What a time-stamp is by the law: qualified when a qualified time-stamping service that was granted at its time made it
 * (TS 119 615 4.6). One that is certainly broken is nothing.
 */
export function timestampQualification(
  { lists, path, moment, validationTime }: QualificationQuestion,
  indication: 'PASSED' | 'INDETERMINATE' | 'FAILED',
): Qualified<TimestampQualification> {
  const services = servicesOn(lists, path, isForTimestamps);
  const [first] = services;
  if (!first || indication === 'FAILED') return { qualification: 'N/A' };
  const granting = services.find(({ service }) => {
    const period = periodAt(service, moment);
    return period?.type === serviceTypes.qualifiedTimestamps && isGranted(period, moment);
  });
  return { qualification: granting ? 'QTSA' : 'TSA', ...named((granting ?? first).list, validationTime) };
}

function named(list: TrustedList | undefined, validationTime: Date): Pick<Qualified<string>, 'trustedList'> {
  if (!list) return {};
  const { territory, sequenceNumber, sha256 } = list;
  const stale = isStale(list, validationTime) ? { stale: true as const } : {};
  return { trustedList: { territory, sequenceNumber, sha256, ...stale } };
}

/** Whether the list's next update was due; a list without one is closed and never is (TS 119 612 5.3.15). */
export function isStale({ nextUpdate }: TrustedList, moment: Date): boolean {
  return nextUpdate !== undefined && nextUpdate < moment;
}
