import { type Certificate, extensionOids } from '../formats/x509/index.ts';
import { buildPaths, type CertificationPath } from './build-paths.ts';
import { type CertificatePool, certificatePool } from './certificate-pool.ts';
import { allReasons, crlStatements } from './crl-statements.ts';
import { type RevocationSource, revocationStatuses } from './revocation-status.ts';
import { type PathConclusion, type PathParameters, validatePath } from './validate-path.ts';

/** All that a certificate is judged with at one moment. */
export interface ValidationMaterial {
  readonly pool: CertificatePool;
  readonly anchors: CertificatePool;
  readonly revocation: RevocationSource;
}

/** Whether revocation must be known to be absent (`required`), or only must not be known to have happened. */
export type RevocationMode = 'required' | 'soft';

/** What was found of a certificate (RFC 5280 6). */
export type CertificateConclusion =
  | { readonly valid: true; readonly path: CertificationPath; readonly policies: PathConclusion['policies'] }
  | { readonly valid: false; readonly detail: string };

const deepest = 6;

/**
 * Validates a certificate at one moment, revocation included (RFC 5280 6.1 and 6.3): the first of its paths that is
 * valid. EN 319 102-1 judges revocation by proofs of existence instead, and uses the parts of this room by itself.
 */
export function validateCertificate(
  target: Certificate,
  material: ValidationMaterial,
  parameters: PathParameters & { readonly validationTime: Date },
  revocation: RevocationMode,
): CertificateConclusion {
  return validate(target, material, parameters, revocation, new Set());
}

function validate(
  target: Certificate,
  material: ValidationMaterial,
  parameters: PathParameters & { readonly validationTime: Date },
  mode: RevocationMode,
  underWay: ReadonlySet<string>,
): CertificateConclusion {
  let detail = 'no path to a trust anchor';
  for (const path of buildPaths(target, material.pool, material.anchors)) {
    const { failure, policies } = validatePath(path, parameters);
    if (failure) {
      detail = `${failure.rule}: ${failure.detail}`;
      continue;
    }
    const revoked = revocationFailure(path, material, parameters.validationTime, mode, underWay);
    if (revoked === undefined) return { valid: true, path, policies };
    detail = revoked;
  }
  return { valid: false, detail };
}

function revocationFailure(
  path: CertificationPath,
  material: ValidationMaterial,
  time: Date,
  mode: RevocationMode,
  underWay: ReadonlySet<string>,
): string | undefined {
  const nowUnderWay = new Set([...underWay, ...path.map(({ sha256 }) => sha256)]);
  for (let index = path.length - 2; index >= 0; index--) {
    const [certificate, issuer] = [path[index], path[index + 1]];
    if (!certificate || !issuer || certificate.extensions.has(extensionOids.ocspNoCheck)) continue;
    const status = currentStatus(certificate, issuer, path, material, time, nowUnderWay);
    if (status === 'revoked') return 'REVOKED: a certificate of the path is revoked';
    if (status === 'unknown' && mode === 'required') return 'REVOCATION_UNKNOWN: nothing current is known of it';
  }
  return undefined;
}

function currentStatus(
  certificate: Certificate,
  issuer: Certificate,
  path: CertificationPath,
  material: ValidationMaterial,
  time: Date,
  underWay: ReadonlySet<string>,
): 'good' | 'revoked' | 'unknown' {
  const { pool, anchors, revocation } = material;
  const believed = (signer: Certificate) =>
    path.includes(signer) ||
    anchors.has(signer) ||
    underWay.has(signer.sha256) ||
    (underWay.size < deepest * 8 && reachesSameAnchor(signer, path, material, time, underWay));
  let reasons = 0;
  const widened = certificatePool([...pool.all, ...path]);
  for (const statement of crlStatements(certificate, revocation.crls, widened, anchors)) {
    const newest = statement.delta ?? statement.crl;
    if (newest.thisUpdate > time || (newest.nextUpdate && newest.nextUpdate < time) || !believed(statement.issuer))
      continue;
    if (statement.entry && statement.entry.revocationTime <= time) return 'revoked';
    reasons |= statement.reasons;
  }
  if (reasons === allReasons) return 'good';
  const responses = { crls: [], ocspResponses: revocation.ocspResponses };
  const current = revocationStatuses(certificate, issuer, responses, widened, anchors).filter(
    ({ entitled, thisUpdate, nextUpdate }) => entitled && thisUpdate <= time && (!nextUpdate || nextUpdate >= time),
  );
  const [newest] = current.sort((one, other) => other.productionTime.getTime() - one.productionTime.getTime());
  return newest?.status ?? 'unknown';
}

/** The signer of a list must lead to the same anchor as the certificate (RFC 5280 6.3.3 f). */
function reachesSameAnchor(
  signer: Certificate,
  path: CertificationPath,
  material: ValidationMaterial,
  validationTime: Date,
  underWay: ReadonlySet<string>,
): boolean {
  const conclusion = validate(signer, material, { validationTime }, 'soft', new Set([...underWay, signer.sha256]));
  return conclusion.valid && conclusion.path.at(-1) === path.at(-1);
}
