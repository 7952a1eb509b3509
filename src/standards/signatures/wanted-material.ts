import { unlessMalformed } from '../../base/index.ts';
import { buildPaths, longestChain } from '../certification-path/index.ts';
import { ocspRequest } from '../formats/revocation/index.ts';
import {
  type Certificate,
  extensionOids,
  isSelfSigned,
  readAccessLocations,
  readDistributionPoints,
} from '../formats/x509/index.ts';
import { needsRevocation, revocationKnowledge } from './building-blocks/revocation-acceptance.ts';
import type { ValidationContext } from './building-blocks/validation-context.ts';

/** Something that would help a verdict, and where the certificates say it is to be had. */
export interface WantedMaterial {
  readonly kind: 'CERTIFICATE' | 'CRL' | 'OCSP';
  /** sha256 of the certificate that it is about: of an OCSP response and a CRL about one, one will do. */
  readonly about: string;
  /** Any of them will do. */
  readonly urls: readonly string[];
  /** The OCSP request, DER. */
  readonly request?: Uint8Array;
}

const caIssuers = '1.3.6.1.5.5.7.48.2';
const ocsp = '1.3.6.1.5.5.7.48.1';
const mostWanted = 64;

/**
 * What is missing to judge these certificates: the issuer of a chain's last one, and revocation data about each that
 * needs it and has none that can be believed (EN 319 102-1 5.2.5, 5.2.6). An OCSP responder is asked before a CRL is.
 */
export function wantedMaterial(context: ValidationContext, certificates: readonly Certificate[]): WantedMaterial[] {
  const wanted: WantedMaterial[] = [];
  const seen = new Set<string>();
  const visit = (certificate: Certificate, isResponder: boolean) => {
    const [path] = buildPaths(certificate, context.pool, context.anchors);
    if (!path) wanted.push(...wantedIssuer(longestChain(certificate, context.pool, context.anchors).at(-1)));
    for (const [index, one] of (path ?? []).entries()) {
      const issuer = path?.[index + 1];
      if (!issuer || seen.has(one.sha256) || wanted.length >= mostWanted) continue;
      seen.add(one.sha256);
      if (!needsRevocation(context, one, isResponder && index === 0 ? 'REVOCATION' : 'SIGNER')) continue;
      const { all, acceptable } = revocationKnowledge(context, one, issuer);
      if (acceptable.length > 0) continue;
      wanted.push(...wantedRevocation(one, issuer));
      for (const status of all) if (!seen.has(status.issuer.sha256)) visit(status.issuer, true);
    }
  };
  for (const certificate of certificates) visit(certificate, false);
  return wanted;
}

/** Where the issuer of a chain's last certificate may be had, if it has one. */
function wantedIssuer(last: Certificate | undefined): WantedMaterial[] {
  if (!last || isSelfSigned(last)) return [];
  const urls = accessLocations(last, caIssuers);
  return urls.length > 0 ? [{ kind: 'CERTIFICATE', about: last.sha256, urls }] : [];
}

function wantedRevocation(certificate: Certificate, issuer: Certificate): WantedMaterial[] {
  const responders = accessLocations(certificate, ocsp);
  const lists = crlLocations(certificate);
  const about = certificate.sha256;
  const wanted: WantedMaterial[] = [];
  if (responders.length > 0)
    wanted.push({ kind: 'OCSP', about, urls: responders, request: ocspRequest(certificate, issuer) });
  if (lists.length > 0) wanted.push({ kind: 'CRL', about, urls: lists });
  return wanted;
}

/** None where the extension cannot be read. */
function accessLocations(certificate: Certificate, method: string): string[] {
  const extension = certificate.extensions.get(extensionOids.authorityInfoAccess);
  return (extension && unlessMalformed(() => readAccessLocations(extension.value, method))) ?? [];
}

/** None where the extension cannot be read. */
function crlLocations(certificate: Certificate): string[] {
  const extension = certificate.extensions.get(extensionOids.crlDistributionPoints);
  const points = extension && unlessMalformed(() => readDistributionPoints(extension.value));
  return (points ?? []).flatMap(({ name }) =>
    (name?.fullNames ?? []).flatMap((one) => (one.kind === 'uniformResourceIdentifier' ? [one.text] : [])),
  );
}
