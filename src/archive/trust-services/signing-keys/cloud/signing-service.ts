import type { Clock } from '../../../../base/index.ts';
import { sealUnavailable } from '../signing-key.ts';
import { type AuthorizationServer, findAuthorizationServer } from './authorization-server.ts';
import { type CredentialInfo, readCredentialInfo, textsIn } from './credential.ts';
import { type ServiceClient, ServiceRefused, serviceRequests } from './service-request.ts';

/** What authorizes signatures: Signature Activation Data, until it ends (CSC API v2 11.6). */
export interface ActivationData {
  readonly value: string;
  readonly endsAt: number;
}

/** Digests that are signed together. */
export interface SignHashes {
  readonly credentialId: string;
  readonly digests: readonly Uint8Array[];
  /** OBJECT IDENTIFIER. */
  readonly digestAlgorithm: string;
}

/** A remote signing service by the Cloud Signature Consortium API, version 2. */
export interface SigningService {
  /** credentials/list, to its last page. */
  credentials(): Promise<string[]>;
  credential(credentialId: string): Promise<CredentialInfo>;
  /** credentials/authorize: for these digests and as many signatures. */
  authorize(hashes: SignHashes, answers: readonly { id: string; value: string }[]): Promise<ActivationData>;
  /** signatures/signHash. @param algorithm with its parameters, DER @param by what authorizes it */
  signHash(
    hashes: SignHashes,
    algorithm: { readonly oid: string; readonly parameters?: Uint8Array },
    by: { readonly sad: string } | { readonly credentialToken: string },
  ): Promise<Uint8Array[]>;
  /** oauth2/token with the code that the user brought back (RFC 6749 4.1.3, RFC 7636 4.5). */
  exchange(code: string, redirectUri: string, codeVerifier: string): Promise<Record<string, unknown>>;
  /** signatures/timestamp. @returns TimeStampToken, DER */
  timestamp(digest: Uint8Array, digestAlgorithm: string, nonce: Uint8Array): Promise<Uint8Array>;
  authorizationServer(): Promise<AuthorizationServer>;
}

const mostPages = 50;
const usualLifetime = 3600;
/** A token that ends this soon is not used any more, in seconds. */
const margin = 30;

/** Access tokens come by client credentials (RFC 6749 4.4), are kept until they end, and asked for anew once when refused. */
export function signingService(client: ServiceClient, clock: Clock): SigningService {
  const base = client.url.endsWith('/') ? client.url : `${client.url}/`;
  const requests = serviceRequests(base, client.limits);
  let token: { value: string; endsAt: number } | undefined;
  let server: AuthorizationServer | undefined;

  const authorizationServer = async () => {
    server ??= await findAuthorizationServer(requests);
    return server;
  };
  const accessToken = async () => {
    if (token && clock().getTime() < token.endsAt) return token.value;
    const answer = await requests.form((await authorizationServer()).token, {
      grant_type: 'client_credentials',
      client_id: client.clientId,
      client_secret: await client.clientSecret(),
    });
    const { access_token: value, expires_in: lifetime } = answer;
    if (typeof value !== 'string') throw sealUnavailable('the authorization server gave no access token.');
    token = { value, endsAt: clock().getTime() + (secondsOf(lifetime) - margin) * 1000 };
    return value;
  };
  const ask = async (path: string, body: object) => {
    const used = await accessToken();
    try {
      return await requests.json(path, body, `Bearer ${used}`);
    } catch (error) {
      if (!(error instanceof ServiceRefused) || error.status !== 401) throw error;
      token = undefined;
      return requests.json(path, body, `Bearer ${await accessToken()}`);
    }
  };
  const hashesOf = ({ credentialId, digests, digestAlgorithm }: SignHashes) => ({
    credentialID: credentialId,
    hashes: digests.map(base64),
    hashAlgorithmOID: digestAlgorithm,
  });

  return {
    authorizationServer,
    credentials: async () => {
      const found: string[] = [];
      let pageToken: unknown;
      for (let page = 0; page < mostPages; page++) {
        const answer = await ask('credentials/list', { onlyValid: true, ...(pageToken ? { pageToken } : {}) });
        found.push(...textsIn(answer.credentialIDs));
        pageToken = answer.nextPageToken;
        if (typeof pageToken !== 'string' || pageToken === '') break;
      }
      return found;
    },
    credential: async (credentialID) =>
      readCredentialInfo(
        await ask('credentials/info', { credentialID, certificates: 'chain', certInfo: true, authInfo: true }),
      ),
    authorize: async (hashes, authData) => {
      const { SAD: value, expiresIn } = await ask('credentials/authorize', {
        ...hashesOf(hashes),
        numSignatures: hashes.digests.length,
        ...(authData.length > 0 ? { authData } : {}),
      });
      if (typeof value !== 'string') throw sealUnavailable('the service gave no activation data (SAD).');
      return { value, endsAt: clock().getTime() + secondsOf(expiresIn) * 1000 };
    },
    exchange: async (code, redirectUri, codeVerifier) =>
      requests.form((await authorizationServer()).token, {
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: codeVerifier,
        client_id: client.clientId,
        client_secret: await client.clientSecret(),
      }),
    signHash: async (hashes, { oid, parameters }, by) => {
      const path = 'signatures/signHash';
      const body = {
        ...hashesOf(hashes),
        signAlgo: oid,
        ...(parameters ? { signAlgoParams: base64(parameters) } : {}),
        operationMode: 'S',
      };
      const { signatures } =
        'sad' in by
          ? await ask(path, { ...body, SAD: by.sad })
          : await requests.json(path, body, `Bearer ${by.credentialToken}`);
      const values = textsIn(signatures).map((value) => Buffer.from(value, 'base64'));
      if (values.length !== hashes.digests.length)
        throw sealUnavailable('the service gave another number of signatures than was asked for.');
      return values;
    },
    timestamp: async (digest, hashAlgo, nonce) => {
      const body = { hash: base64(digest), hashAlgo, nonce: Buffer.from(nonce).toString('hex') };
      const { timestamp } = await ask('signatures/timestamp', body);
      if (typeof timestamp !== 'string') throw sealUnavailable('the service gave no time-stamp.');
      return Buffer.from(timestamp, 'base64');
    },
  };
}

const base64 = (octets: Uint8Array) => Buffer.from(octets).toString('base64');

const secondsOf = (value: unknown) =>
  typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : usualLifetime;
