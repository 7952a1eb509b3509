import { X509Certificate } from 'node:crypto';
import { ArchiveError, type Clock } from '../../../../base/index.ts';
import { childrenOf, decodeWholeAsn1, oidOf } from '../../../../standards/formats/asn1/index.ts';
import {
  digestBytes,
  digestIdentifier,
  type SignatureAlgorithm,
  signatureIdentifier,
  usualAlgorithm,
} from '../../../../standards/seals/index.ts';
import { chainFrom, readChainCertificates } from '../certificate-chain.ts';
import { checkedValue, type Secret, type SigningKey, sealUnavailable, signingKey } from '../signing-key.ts';
import type { CredentialInfo } from './credential.ts';
import { type ServiceClient, ServiceRefused } from './service-request.ts';
import { type SigningService, signingService } from './signing-service.ts';

/** A key at a remote signing service, used as a seal: nobody is asked, the PIN comes from the environment or the console. */
export interface CloudSettings extends ServiceClient {
  readonly kind: 'cloud';
  /** The only one there is, when left out. */
  readonly credentialId?: string;
  readonly pin: Secret;
  /** Certificates that the service does not give, DER. */
  readonly certificates: readonly Uint8Array[];
}

/**
 * Opens a credential of a remote signing service as a seal (CSC API v2). Signatures that are asked for at the same time are
 * authorized and made together, as many as the credential allows; each authorization is for these digests.
 * @throws ArchiveError USAGE for a credential that cannot be used so, SEAL_UNAVAILABLE when the service cannot be
 */
export async function openCloudKey(settings: CloudSettings, clock: Clock): Promise<SigningKey> {
  const service = signingService(settings, clock);
  const credentialId = settings.credentialId ?? (await onlyCredential(service));
  const credential = await service.credential(credentialId);
  checkUsable(credential);
  if (credential.mode === 'oauth2code')
    throw new ArchiveError(
      'USAGE',
      'This credential is a person’s: each signature is authorized by them, so it cannot be the seal.',
    );
  const { chain, algorithm } = credentialKey(credential, settings.certificates);
  const answers = await answersFor(credential, settings.pin);
  const signBatch = async (toBeSigned: readonly Uint8Array[]) => {
    const digests = toBeSigned.map((octets) => digestBytes(algorithm.digest, octets));
    const hashes = { credentialId, digests, digestAlgorithm: digestOid(algorithm) };
    const attempt = async () => {
      const sad = await service.authorize(hashes, answers);
      if (clock().getTime() >= sad.endsAt) throw sealUnavailable('the service’s authorization ended at once.');
      return service.signHash(hashes, cloudAlgorithm(algorithm), { sad: sad.value });
    };
    const values = await attempt().catch((error) => {
      if (saysEnded(error)) return attempt(); // it ended on the way: a busy service may hold a request for long
      throw error;
    });
    return values.map((value, index) => checkedBy(chain[0], algorithm, value, toBeSigned[index] ?? new Uint8Array()));
  };
  return signingKey(chain, algorithm, inBatches(signBatch, credential.multisign));
}

async function onlyCredential(service: SigningService): Promise<string> {
  const [only, another] = await service.credentials();
  if (only !== undefined && another === undefined) return only;
  throw new ArchiveError(
    'USAGE',
    only === undefined
      ? 'The remote signing service has no credential for this client.'
      : 'The remote signing service has several credentials: name one in TRAJNO_SEAL_CREDENTIAL.',
  );
}

/** @throws ArchiveError SEAL_UNAVAILABLE for a credential that is disabled, or whose certificate is not valid */
export function checkUsable({ isEnabled, certificateStatus }: CredentialInfo): void {
  if (!isEnabled) throw sealUnavailable('the service has disabled the credential.');
  if (certificateStatus !== 'valid') throw sealUnavailable(`the credential’s certificate is ${certificateStatus}.`);
}

/** How a credential signs, of the algorithms it has. @throws ArchiveError USAGE for a key of another kind */
export function credentialKey(
  { certificates, algorithms }: CredentialInfo,
  more: readonly Uint8Array[],
): Pick<SigningKey, 'chain' | 'algorithm'> {
  const [own, ...others] = readChainCertificates([...certificates, ...more]);
  if (!own) throw sealUnavailable('the service gives no certificate of the credential.');
  const usual = usualAlgorithm(own.publicKey);
  const algorithm = [usual, { ...usual, scheme: 'RSASSA-PSS' as const }].find(
    (each) =>
      cloudNames(each).some((oid) => algorithms.includes(oid)) && (each === usual || usual.scheme.startsWith('RSA')),
  );
  if (!algorithm) throw new ArchiveError('USAGE', 'The credential signs by no algorithm that is used here.');
  return { chain: chainFrom(own, others), algorithm };
}

/** What a credential may call an algorithm: with its digest, or the key's algorithm alone. */
function cloudNames(algorithm: SignatureAlgorithm): string[] {
  const generic: Partial<Record<SignatureAlgorithm['scheme'], string>> = {
    'RSASSA-PKCS1-v1_5': '1.2.840.113549.1.1.1',
    ECDSA: '1.2.840.10045.2.1',
  };
  const { scheme } = algorithm;
  return [cloudAlgorithm(algorithm).oid, ...(generic[scheme] ? [generic[scheme]] : [])];
}

/** An algorithm's identifier, with parameters where it needs them. */
export function cloudAlgorithm(algorithm: SignatureAlgorithm): { oid: string; parameters?: Uint8Array } {
  const [oid, parameters] = childrenOf(decodeWholeAsn1(signatureIdentifier(algorithm)));
  return {
    oid: oid ? oidOf(oid) : '',
    ...(algorithm.scheme === 'RSASSA-PSS' && parameters ? { parameters: parameters.bytes } : {}),
  };
}

/** The identifier of the digest that goes before a signature. */
export function digestOid({ digest }: SignatureAlgorithm): string {
  const [oid] = childrenOf(decodeWholeAsn1(digestIdentifier(digest)));
  return oid ? oidOf(oid) : '';
}

/** A signature value that the certificate's key verifies. @throws ArchiveError SEAL_UNAVAILABLE */
export function checkedBy(
  certificate: Uint8Array,
  algorithm: SignatureAlgorithm,
  value: Uint8Array,
  toBeSigned: Uint8Array,
): Uint8Array {
  const { publicKey } = new X509Certificate(certificate);
  return checkedValue(value, { publicKey, algorithm }, toBeSigned);
}

/** What is answered to the service before a signature: the PIN, and nothing that a person has to be asked for. */
async function answersFor({ mode, objects }: CredentialInfo, pin: Secret): Promise<{ id: string; value: string }[]> {
  if (mode === 'implicit') return [];
  const answers: { id: string; value: string }[] = [];
  for (const { id, type } of objects) {
    if (/otp/i.test(`${id} ${type}`))
      throw new ArchiveError(
        'USAGE',
        'This credential asks for a one-time password: it is a person’s, and cannot be the seal.',
      );
    answers.push({ id, value: await pin() });
  }
  return answers;
}

/** Whether activation data has ended, or was used, on the way. */
const saysEnded = (error: unknown) =>
  error instanceof ServiceRefused &&
  error.status === 400 &&
  /SAD.*(expire|invalid)|(expire|invalid).*SAD/i.test(error.message);

interface Waiting {
  readonly toBeSigned: Uint8Array;
  resolve(value: Uint8Array): void;
  reject(error: unknown): void;
}

/** A signer of one that gathers what is asked for while a batch is under way, into batches of at most so many. */
function inBatches(
  signBatch: (toBeSigned: readonly Uint8Array[]) => Promise<Uint8Array[]>,
  most: number,
): SigningKey['sign'] {
  const waiting: Waiting[] = [];
  let isBusy = false;
  const work = async () => {
    if (isBusy) return;
    isBusy = true;
    for (let batch = waiting.splice(0, most); batch.length > 0; batch = waiting.splice(0, most)) {
      try {
        const values = await signBatch(batch.map(({ toBeSigned }) => toBeSigned));
        for (const [index, { resolve }] of batch.entries()) resolve(values[index] ?? new Uint8Array());
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isBusy = false;
  };
  return (toBeSigned) =>
    new Promise((resolve, reject) => {
      waiting.push({ toBeSigned, resolve, reject });
      setImmediate(work); // what is asked for in one turn goes together
    });
}
