import type { CertificationPath } from '../certification-path/index.ts';
import { type Certificate, readCertificates } from '../formats/x509/index.ts';
import { isGranted, type ServicePeriod, serviceTypes, type TrustedList, type TrustService } from './trusted-list.ts';

/** A service, and the list that it stands in. */
export interface ListedService {
  readonly list: TrustedList;
  readonly service: TrustService;
}

interface ListIndex {
  readonly byHolder: ReadonlyMap<string, readonly ListedService[]>;
  readonly anchors: readonly ListedAnchor[];
}

/** A certificate that paths may end in because a list says so. */
export interface ListedAnchor {
  readonly certificate: Certificate;
  readonly service: TrustService;
  /** It ever was granted to issue qualified certificates; otherwise it is an anchor for time-stamps alone. */
  readonly issuesCertificates: boolean;
}

const indexes = new WeakMap<readonly TrustedList[], ListIndex>();

/** Made once for lists that are handed in again and again. */
function indexOf(lists: readonly TrustedList[]): ListIndex {
  const known = indexes.get(lists);
  if (known) return known;
  const byHolder = new Map<string, ListedService[]>();
  const anchors: ListedAnchor[] = [];
  for (const list of lists)
    for (const service of list.services)
      for (const certificate of readCertificates(service.certificates)) {
        const key = holderKey(certificate);
        const same = byHolder.get(key);
        if (!same) byHolder.set(key, [{ list, service }]);
        else if (!same.some((one) => one.service === service)) same.push({ list, service });
        const granted = service.periods.filter(isForAnchors);
        const issuesCertificates = granted.some(({ type }) => type === serviceTypes.qualifiedCertificates);
        if (granted.length > 0) anchors.push({ certificate, service, issuesCertificates });
      }
  const index = { byHolder, anchors };
  indexes.set(lists, index);
  return index;
}

/** A name with a key: what a digital identity stands for, whichever certificate shows it (TS 119 615 4.3). */
function holderKey({ subject, publicKey }: Certificate): string {
  return `${Buffer.from(publicKey.der).toString('base64')} ${subject.key}`;
}

/**
 * The services of certain types that a path leads through, those nearest to the certificate: who issued it, or who is told
 * of by a list above its issuer (TS 119 615 4.3).
 */
export function servicesOn(
  lists: readonly TrustedList[],
  path: CertificationPath,
  isWanted: (period: ServicePeriod) => boolean,
): readonly ListedService[] {
  const { byHolder } = indexOf(lists);
  for (const certificate of path) {
    const found = (byHolder.get(holderKey(certificate)) ?? []).filter(({ service }) => service.periods.some(isWanted));
    if (found.length > 0) return found;
  }
  return [];
}

const anchorTypes: readonly string[] = [serviceTypes.qualifiedCertificates, serviceTypes.qualifiedTimestamps];
const isForAnchors = (period: ServicePeriod) => anchorTypes.includes(period.type) && isGranted(period, period.from);

/** Certificates of the services that ever were granted to issue qualified certificates or qualified time-stamps. */
export function listedAnchors(lists: readonly TrustedList[]): readonly ListedAnchor[] {
  return indexOf(lists).anchors;
}

/**
 * Until when a service was what makes it an anchor: the sunset date of EN 319 102-1 5.2.6 (v1.4.1).
 * @returns undefined while it still is
 */
export function anchorSunset({ periods }: TrustService): Date | undefined {
  let sunset: Date | undefined;
  for (const period of periods) {
    if (anchorTypes.includes(period.type) && isGranted(period, period.from)) return sunset;
    sunset = period.from;
  }
  return periods.at(-1)?.from;
}
