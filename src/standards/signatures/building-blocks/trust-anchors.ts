import { type CertificatePool, certificatePool, trustAnchorPool } from '../../certification-path/index.ts';
import type { Certificate } from '../../formats/x509/index.ts';
import { anchorSunset, listedAnchors, type TrustedList } from '../../trusted-lists/index.ts';

/** The certificates that paths may end in. */
export interface TrustAnchors {
  /** Those of the configuration and those of the lists. */
  readonly all: CertificatePool;
  /** Those of the configuration, which never set. */
  readonly configured: CertificatePool;
  /** When a list took the anchor's status away; undefined for one that is trusted now (EN 319 102-1 5.2.6, sunset date). */
  sunsetOf(anchor: Certificate): Date | undefined;
  /** A list names it for time-stamps, and nothing makes it an anchor for anything else. */
  isForTimestampsAlone(anchor: Certificate): boolean;
}

const made = new WeakMap<
  readonly TrustedList[],
  { readonly of: readonly Uint8Array[]; readonly anchors: TrustAnchors }
>();

/** Anchors of the configuration, and of trusted lists: made once for those that are handed in again and again. */
export function trustAnchors(
  certificates: readonly Uint8Array[],
  lists: readonly TrustedList[] | undefined,
): TrustAnchors {
  const configured = trustAnchorPool(certificates);
  if (!lists) return { all: configured, configured, sunsetOf: () => undefined, isForTimestampsAlone: () => false };
  const known = made.get(lists);
  if (known?.of === certificates) return known.anchors;
  const listed = listedAnchors(lists);
  const sunsets = new Map<string, Date | undefined>();
  const issuing = new Set<string>();
  for (const { certificate, service, issuesCertificates } of listed) {
    const { sha256 } = certificate;
    if (issuesCertificates) issuing.add(sha256);
    const sunset = anchorSunset(service);
    const other = sunsets.has(sha256) ? sunsets.get(sha256) : sunset;
    sunsets.set(sha256, sunset && other ? later(sunset, other) : undefined); // one service that still is granted will do
  }
  const anchors: TrustAnchors = {
    all: certificatePool([...configured.all, ...listed.map(({ certificate }) => certificate)]),
    configured,
    isForTimestampsAlone: (anchor) => !configured.has(anchor) && !issuing.has(anchor.sha256),
    sunsetOf: (anchor) => (configured.has(anchor) ? undefined : sunsets.get(anchor.sha256)),
  };
  made.set(lists, { of: certificates, anchors });
  return anchors;
}

const later = (one: Date, other: Date) => (one > other ? one : other);
