import type { KeyObject } from 'node:crypto';
import type { Mechanism, PKCS11, RsaPSS } from 'pkcs11js';
import { ArchiveError } from '../../../../base/index.ts';
import {
  digestBytes,
  digestInfo,
  digestLength,
  type SignatureAlgorithm,
  usualAlgorithm,
} from '../../../../standards/seals/index.ts';
import { chainFrom, readChainCertificates } from '../certificate-chain.ts';
import { checkedValue, type Secret, type SigningKey, sealUnavailable, signingKey } from '../signing-key.ts';
import { type Pkcs11Uri, readPkcs11Uri } from './pkcs11-uri.ts';
import { codeOf, loadModule, openSession, PinRefused, pkcs11Binding, type TokenSession } from './token-session.ts';

/** A key in a token or HSM (PKCS#11 2.40): it never leaves it. */
export interface Pkcs11Settings {
  readonly kind: 'pkcs11';
  /** RFC 7512. */
  readonly uri: string;
  readonly pin: Secret;
  /** Certificates that the token lacks, DER. */
  readonly certificates: readonly Uint8Array[];
}

/**
 * Opens a key in a token. The session is opened again, once for each signature, when the token was taken away and put back;
 * a refused PIN is never tried twice.
 * @throws ArchiveError USAGE for settings that cannot be used, SEAL_UNAVAILABLE when the token cannot be
 */
export async function openPkcs11Key(settings: Pkcs11Settings): Promise<SigningKey> {
  const { uri, pin, certificates } = settings;
  const token = openToken(readPkcs11Uri(uri), await pin(), settings);
  const { publicKey, chain } = await token.use((session) => {
    const { own, others } = session.certificates();
    const given = readChainCertificates(certificates);
    const [certificate] = [...own, ...given];
    if (!certificate)
      throw new ArchiveError(
        'USAGE',
        'The token has no certificate of the key. Name a file with it in TRAJNO_SEAL_CERTIFICATES.',
      );
    return { publicKey: certificate.publicKey, chain: chainFrom(certificate, [...others, ...own, ...given]) };
  });
  const algorithm = tokenAlgorithm(publicKey);
  const sign = async (toBeSigned: Uint8Array) => {
    const value = await token.use((session) => signIn(session, algorithm, toBeSigned));
    return checkedValue(value, { publicKey, algorithm }, toBeSigned);
  };
  const key = signingKey(chain, algorithm, sign);
  await sign(Buffer.from('Trajno')); // a certificate of another key is found before anything is sealed
  return key;
}

function tokenAlgorithm(publicKey: KeyObject): SignatureAlgorithm {
  const algorithm = usualAlgorithm(publicKey);
  if (algorithm.scheme === 'Ed25519' || algorithm.scheme === 'Ed448')
    throw new ArchiveError('USAGE', 'A key in a token must be an RSA or an EC key.');
  return algorithm;
}

type Work<Result> = (session: TokenSession) => Result | Promise<Result>;

/** A token that is used by one call at a time: a session has one operation. */
interface Token {
  use<Result>(work: Work<Result>): Promise<Result>;
}

/** PINs that a token refused, by their settings: opening a key anew must not try them again. */
const refusedPins = new WeakMap<Pkcs11Settings, PinRefused>();

function openToken(wanted: Pkcs11Uri, pin: string, settings: Pkcs11Settings): Token {
  const state: { module?: PKCS11; session?: TokenSession | undefined } = {};
  let last: Promise<unknown> = Promise.resolve();
  const attempt = async <Result>(work: Work<Result>): Promise<Result> => {
    const refused = refusedPins.get(settings);
    if (refused) throw refused;
    try {
      state.module ??= loadModule(wanted.module);
      state.session ??= openSession(state.module, wanted, pin);
      return await work(state.session);
    } catch (error) {
      if (error instanceof PinRefused) refusedPins.set(settings, error);
      if (codeOf(error) !== undefined) {
        state.session?.close();
        state.session = undefined;
      }
      throw error;
    }
  };
  const twice = async <Result>(work: Work<Result>): Promise<Result> => {
    const again = (error: unknown) => {
      if (isGone(codeOf(error))) return attempt(work);
      throw error;
    };
    try {
      return await attempt(work).catch(again);
    } catch (error) {
      if (codeOf(error) === undefined) throw error;
      throw sealUnavailable(`the token says ${(error as Error).message}. Is it in its place?`, error);
    }
  };
  return {
    use: (work) => {
      const result = last.then(() => twice(work));
      last = result.catch(() => undefined); // who asked is told; the next one is not held up
      return result;
    },
  };
}

/** What a token says when it was taken away, or the session with it. */
function isGone(code: number | undefined): boolean {
  if (code === undefined) return false;
  const constants = pkcs11Binding();
  return [
    constants.CKR_SLOT_ID_INVALID,
    constants.CKR_DEVICE_ERROR,
    constants.CKR_DEVICE_REMOVED,
    constants.CKR_KEY_HANDLE_INVALID,
    constants.CKR_OBJECT_HANDLE_INVALID,
    constants.CKR_OPERATION_ACTIVE,
    constants.CKR_SESSION_CLOSED,
    constants.CKR_SESSION_HANDLE_INVALID,
    constants.CKR_TOKEN_NOT_PRESENT,
    constants.CKR_TOKEN_NOT_RECOGNIZED,
    constants.CKR_USER_NOT_LOGGED_IN,
    constants.CKR_CRYPTOKI_NOT_INITIALIZED,
    constants.CKR_GENERAL_ERROR,
  ].includes(code);
}

const largestSignature = 1024;

/** Tokens know few mechanisms in common: the digest is made here, and the bare signature there. */
async function signIn(
  { module, session, key, authenticate }: TokenSession,
  { scheme, digest }: SignatureAlgorithm,
  toBeSigned: Uint8Array,
): Promise<Uint8Array> {
  const constants = pkcs11Binding();
  const value = digestBytes(digest, toBeSigned);
  const input = scheme === 'RSASSA-PKCS1-v1_5' ? digestInfo(digest, value) : value;
  const mechanisms: Partial<Record<SignatureAlgorithm['scheme'], Mechanism>> = {
    'RSASSA-PKCS1-v1_5': { mechanism: constants.CKM_RSA_PKCS },
    'RSASSA-PSS': { mechanism: constants.CKM_RSA_PKCS_PSS, parameter: pssParameters(digest) },
    ECDSA: { mechanism: constants.CKM_ECDSA },
  };
  const mechanism = mechanisms[scheme];
  if (!mechanism) throw new TypeError(`no mechanism for ${scheme}`);
  module.C_SignInit(session, mechanism, key);
  authenticate();
  return module.C_SignAsync(session, Buffer.from(input), Buffer.alloc(largestSignature));
}

/** Generation functions and digests of PKCS#11 2.40. */
function pssParameters(digest: SignatureAlgorithm['digest']): RsaPSS {
  const constants = pkcs11Binding();
  const known: Partial<Record<SignatureAlgorithm['digest'], [number, number]>> = {
    sha256: [constants.CKM_SHA256, constants.CKG_MGF1_SHA256],
    sha384: [constants.CKM_SHA384, constants.CKG_MGF1_SHA384],
    sha512: [constants.CKM_SHA512, constants.CKG_MGF1_SHA512],
  };
  const [hashAlg, mgf] = known[digest] ?? [constants.CKM_SHA256, constants.CKG_MGF1_SHA256];
  return { type: constants.CK_PARAMS_RSA_PSS, hashAlg, mgf, saltLen: digestLength(digest) };
}
