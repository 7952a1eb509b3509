import { createHash, randomBytes } from 'node:crypto';
import { ArchiveError, type Clock } from '../../../../base/index.ts';
import { type DigestSigner, digestBytes } from '../../../../standards/seals/index.ts';
import { sealUnavailable } from '../signing-key.ts';
import { checkedBy, checkUsable, cloudAlgorithm, credentialKey, digestOid } from './cloud-key.ts';
import { checkedAddress, type ServiceClient } from './service-request.ts';
import { signingService } from './signing-service.ts';

/** A signature that a person is asked to authorize at the service; kept until they come back. */
export interface UserSignatureRequest {
  /** Where the person is sent. */
  readonly url: string;
  /** Comes back with the person: another one is not theirs. */
  readonly state: string;
  /** RFC 7636: stays here. */
  readonly codeVerifier: string;
  readonly credentialId: string;
  readonly redirectUri: string;
  /** What is signed, so that nothing else can be. */
  readonly toBeSigned: Uint8Array;
}

/** "Signature in the cloud": a person's own signature by the authorization code flow of the CSC API v2 (8.4). */
export interface UserSignatures {
  /** The certificates and algorithm of a person's credential: what a document is prepared with. */
  credential(credentialId: string): Promise<Pick<DigestSigner, 'chain' | 'algorithm'>>;
  /** The address at which the person authorizes one signature over these octets and no others. */
  begin(credentialId: string, toBeSigned: Uint8Array, redirectUri: string): Promise<UserSignatureRequest>;
  /**
   * The signature value, when the person has come back.
   * @throws ArchiveError NOT_AUTHORIZED when state differs; SEAL_UNAVAILABLE when the service refuses
   */
  finish(request: UserSignatureRequest, answer: { readonly code: string; readonly state: string }): Promise<Uint8Array>;
}

export function userSignatures(client: ServiceClient, clock: Clock): UserSignatures {
  const service = signingService(client, clock);
  const credential = async (credentialId: string) => {
    const info = await service.credential(credentialId);
    checkUsable(info);
    return credentialKey(info, []);
  };
  return {
    credential,
    begin: async (credentialId, toBeSigned, redirectUri) => {
      const { algorithm } = await credential(credentialId);
      const codeVerifier = randomBytes(32).toString('base64url');
      const state = randomBytes(16).toString('base64url');
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: client.clientId,
        redirect_uri: redirectUri,
        scope: 'credential',
        state,
        code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
        code_challenge_method: 'S256',
        credentialID: credentialId,
        numSignatures: '1',
        hashes: Buffer.from(digestBytes(algorithm.digest, toBeSigned)).toString('base64url'),
        hashAlgorithmOID: digestOid(algorithm),
      });
      const { authorize } = await service.authorizationServer();
      const url = checkedAddress(`${authorize}?${query}`);
      return { url, state, codeVerifier, credentialId, redirectUri, toBeSigned };
    },
    finish: async ({ state, codeVerifier, credentialId, redirectUri, toBeSigned }, answer) => {
      if (answer.state !== state)
        throw new ArchiveError('NOT_AUTHORIZED', 'This authorization was not begun here. Begin the signature anew.');
      const { chain, algorithm } = await credential(credentialId);
      const { access_token: token, token_type: type } = await service.exchange(answer.code, redirectUri, codeVerifier);
      if (typeof token !== 'string') throw sealUnavailable('the authorization server gave no token for the signature.');
      const digests = [digestBytes(algorithm.digest, toBeSigned)];
      const by = String(type).toUpperCase() === 'SAD' ? { sad: token } : { credentialToken: token };
      const hashes = { credentialId, digests, digestAlgorithm: digestOid(algorithm) };
      const [value] = await service.signHash(hashes, cloudAlgorithm(algorithm), by);
      return checkedBy(chain[0], algorithm, value ?? new Uint8Array(), toBeSigned);
    },
  };
}
