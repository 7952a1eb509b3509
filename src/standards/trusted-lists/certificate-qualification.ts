import type { Certificate } from '../formats/x509/index.ts';
import { matchesCriteria } from './criteria.ts';
import type { ListedService } from './listed-services.ts';
import { type CertificateUse, type QualifiedStatements, qualifiedStatements } from './qualified-statements.ts';
import {
  coverage,
  isGranted,
  periodAt,
  qualifierName,
  regulationApplies,
  type ServicePeriod,
  serviceTypes,
  type TrustedList,
} from './trusted-list.ts';

/** What a certificate was at a moment. */
export interface CertificateQualification {
  readonly qualified: boolean;
  readonly use: CertificateUse | 'unknown';
  /** Its key is in a qualified device. */
  readonly device: boolean;
  /** The list that decided. */
  readonly list: TrustedList;
}

/** What is known of a certificate and a service that issued it, at one moment. */
interface Situation {
  readonly moment: Date;
  readonly certificate: Certificate;
  readonly statements: QualifiedStatements;
  readonly list: TrustedList;
  readonly period: ServicePeriod;
  /** Names of the qualifiers whose criteria the certificate meets. */
  readonly qualifiers: ReadonlySet<string>;
}

/**
 * What a certificate was at a moment by the services that issued it (TS 119 615 4.4 and 4.5): its own statements, as far as
 * the list does not say otherwise.
 * @returns undefined where no service covers it then, or where services or their qualifiers contradict one another
 */
export function certificateQualification(
  certificate: Certificate,
  services: readonly ListedService[],
  moment: Date,
): CertificateQualification | undefined {
  const statements = qualifiedStatements(certificate);
  const situations = services.flatMap(({ list, service }) => {
    const period = periodAt(service, moment);
    if (period?.type !== serviceTypes.qualifiedCertificates) return [];
    const qualifiers = qualifiersOf(certificate, period);
    return [qualifiers && { moment, certificate, statements, list, period, qualifiers }];
  });
  if (situations.includes(undefined)) return undefined; // a qualifier that may be about it, or may not
  const covering = situations.filter((one) => one !== undefined).filter(isCovered);
  const granted = covering.filter(({ period }) => isGranted(period, moment));
  const [first, ...others] = (granted.length > 0 ? granted : covering).map(judge);
  return first && others.every((other) => isSame(first, other)) ? first : undefined;
}

function judge(situation: Situation): CertificateQualification | undefined {
  const { qualifiers, period, moment, list } = situation;
  if (contradicts(qualifiers)) return undefined;
  const qualified = isGranted(period, moment) && isQualified(situation);
  return { qualified, use: useOf(situation, qualified), device: qualified && hasDevice(situation), list };
}

function isSame(one: CertificateQualification, other: CertificateQualification | undefined): boolean {
  return (
    other !== undefined && one.qualified === other.qualified && one.use === other.use && one.device === other.device
  );
}

/** The qualifiers that are about the certificate; undefined where that cannot be told. */
function qualifiersOf(certificate: Certificate, { qualifications }: ServicePeriod): Set<string> | undefined {
  const names = new Set<string>();
  for (const { qualifiers, criteria } of qualifications) {
    const isMeant = matchesCriteria(certificate, criteria);
    if (isMeant === undefined) return undefined;
    if (isMeant) for (const qualifier of qualifiers) names.add(qualifierName(qualifier));
  }
  return names;
}

/** Qualifiers that a list may not put on one certificate together (TS 119 612 5.5.9.2.3). */
function contradicts(qualifiers: ReadonlySet<string>): boolean {
  const both = (one: string, other: string) => qualifiers.has(one) && qualifiers.has(other);
  return (
    both('QCStatement', 'NotQualified') ||
    both('QCNoQSCD', 'QCWithQSCD') ||
    both('QCNoQSCD', 'QCQSCDManagedOnBehalf') ||
    both('QCNoSSCD', 'QCWithSSCD')
  );
}

const isAfter = (moment: Date) => moment >= regulationApplies;
const useQualifiers: readonly (readonly [string, CertificateUse])[] = [
  ['QCForESig', 'signature'],
  ['QCForESeal', 'seal'],
  ['QCForWSA', 'website'],
];

/** The one use that the list gives the certificate, if it gives just one. */
function listedUse({ qualifiers }: Situation): CertificateUse | undefined {
  const [only, another] = useQualifiers.filter(([name]) => qualifiers.has(name));
  return another ? undefined : only?.[1];
}

/**
 * From July 2016 on a service is for signatures, seals or web sites as its additional information says, and a certificate
 * for something else is not under it, unless the list gives it a use that is (PRO-4.4.4, table 1).
 */
function isCovered(situation: Situation): boolean {
  const { moment, period, qualifiers } = situation;
  if (!isAfter(moment)) return true;
  const covers = (use: CertificateUse) =>
    period.additional.includes(coverage[use]) && !(use === 'signature' && qualifiers.has('QCForLegalPerson'));
  const use = listedUse(situation) ?? ownUse(situation);
  return use === 'unknown' ? true : covers(use);
}

/** PRO-4.4.4: the list's word on the certificate, else what it says itself under the law it was issued under. */
function isQualified({ qualifiers, statements, certificate, list }: Situation): boolean {
  if (qualifiers.has('NotQualified')) return false;
  if (qualifiers.has('QCStatement')) return true;
  const { legislation, compliance, policy, policyWithDevice } = statements;
  if (legislation && !legislation.includes(list.territory.toUpperCase())) return false;
  return compliance || (!isAfter(certificate.notBefore) && (policy || policyWithDevice));
}

function useOf(situation: Situation, qualified: boolean): CertificateUse | 'unknown' {
  const { qualifiers, moment } = situation;
  if (!qualified) return ownUse(situation);
  if (!isAfter(moment) && qualifiers.has('QCForLegalPerson')) return 'unknown';
  return listedUse(situation) ?? ownUse(situation);
}

/** What the certificate says it is for; a qualified one that does not say is for signatures (EN 319 412-5 4.2.3). */
function ownUse({ statements, qualifiers, certificate }: Situation): CertificateUse | 'unknown' {
  const [only, another] = statements.uses;
  if (another) return 'unknown';
  if (only) return only;
  const { compliance, policy, policyWithDevice } = statements;
  const saysQualified = compliance || (!isAfter(certificate.notBefore) && (policy || policyWithDevice));
  return saysQualified || qualifiers.has('QCStatement') ? 'signature' : 'unknown';
}

/** TS 119 615 4.5: the list's word on where the key is, else the certificate's. */
function hasDevice({ moment, qualifiers, statements, certificate }: Situation): boolean {
  const [none, ...some] = isAfter(moment)
    ? ['QCNoQSCD', 'QCWithQSCD', 'QCQSCDManagedOnBehalf']
    : ['QCNoSSCD', 'QCWithSSCD'];
  if (none !== undefined && qualifiers.has(none)) return false;
  if (some.some((name) => qualifiers.has(name))) return true;
  return statements.device || (!isAfter(certificate.notBefore) && statements.policyWithDevice);
}
