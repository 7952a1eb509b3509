import { sealUnavailable } from '../signing-key.ts';

/** What the user or the archive has to say before a signature: a PIN, a one-time password (CSC API v2 11.5, auth/objects). */
export interface AuthorizationObject {
  readonly id: string;
  readonly type: string;
}

/** A credential of a remote signing service: answer of credentials/info (CSC API v2 11.5). */
export interface CredentialInfo {
  /** OBJECT IDENTIFIERs of the key's algorithms. */
  readonly algorithms: readonly string[];
  readonly isEnabled: boolean;
  /** The certificate, then its issuers: DER. */
  readonly certificates: readonly Uint8Array[];
  readonly certificateStatus: string;
  readonly mode: 'implicit' | 'explicit' | 'oauth2code';
  readonly objects: readonly AuthorizationObject[];
  /** Whether activation data is bound to the digests (level 2 of sole control, EN 419 241-1). */
  readonly isBoundToDigests: boolean;
  /** Signatures that one authorization is for, at most. */
  readonly multisign: number;
}

const largestMultisign = 1000;

/** @throws ArchiveError SEAL_UNAVAILABLE for an answer without what is needed */
export function readCredentialInfo(answer: Record<string, unknown>): CredentialInfo {
  const { key, cert, auth, SCAL, multisign } = answer;
  const { status, algo } = objectIn(key);
  const { certificates, status: certificateStatus } = objectIn(cert);
  const { mode, objects } = objectIn(auth);
  const chain = textsIn(certificates).map((text) => Buffer.from(text, 'base64'));
  if (chain.length === 0) throw sealUnavailable('the service gives no certificate of the credential.');
  if (mode !== 'implicit' && mode !== 'explicit' && mode !== 'oauth2code')
    throw sealUnavailable('the credential is authorized in a way that is not known here.');
  return {
    algorithms: textsIn(algo),
    isEnabled: status === 'enabled',
    certificates: chain,
    certificateStatus: typeof certificateStatus === 'string' ? certificateStatus : 'valid',
    mode,
    objects: (Array.isArray(objects) ? objects : []).map(objectIn).map(({ id, type }) => ({
      id: String(id ?? ''),
      type: String(type ?? ''),
    })),
    isBoundToDigests: SCAL === '2',
    multisign: typeof multisign === 'number' ? Math.min(largestMultisign, Math.max(1, Math.floor(multisign))) : 1,
  };
}

/** The texts of a list; nothing of what is none. */
export function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function objectIn(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
