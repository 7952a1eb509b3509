import { ArchiveError, bytesReader } from '../../../base/index.ts';
import { type DigestSigner, octetsToSign, sealPades } from '../../../standards/seals/index.ts';
import type { UserSignatures } from '../../trust-services/index.ts';
import type { CopyContext } from './copy-context.ts';
import type { IssuedCopy } from './issued-copy.ts';
import { completeCopy } from './prepare-copy.ts';
import type { BegunSignature, PreparedCopy } from './prepared-copies.ts';

/**
 * Begins the person's signature in the cloud (CSC API v2, 8.4).
 * @returns the address at which the person authorizes it
 * @throws ArchiveError COPY_UNKNOWN | SEAL_UNAVAILABLE; STATE_CONFLICT where no service or no credential is configured
 */
export async function beginCloudSignature(context: CopyContext, copy: string, redirectUri: string): Promise<string> {
  const prepared = await context.prepared.find(context.institution.id, copy);
  const { signatures, credentialId } = cloudSigning(context);
  const key = await signatures.credential(credentialId);
  const signingTime = context.clock();
  const certificate = await context.prepared.certificate(prepared);
  const octets = await octetsToSign(key, (signer) => personalSignature(certificate, signer, prepared, signingTime));
  const { toBeSigned, ...begun } = await signatures.begin(credentialId, octets, redirectUri);
  await context.prepared.keepBegun(prepared, {
    ...begun,
    toBeSigned: Buffer.from(toBeSigned).toString('hex'),
    signingTime: signingTime.toISOString(),
  });
  return begun.url;
}

/**
 * Issues the copy whose certificate the person has just signed in the cloud.
 * @param answer what the service sent the person back with
 * @throws ArchiveError COPY_UNKNOWN for a state that was not begun here; NOT_AUTHORIZED | SEAL_UNAVAILABLE; and as `completeCopy`
 */
export async function finishCloudSignature(
  context: CopyContext,
  answer: { readonly code: string; readonly state: string },
): Promise<IssuedCopy> {
  const [prepared, begun] = await begunWith(context, answer.state);
  const { signatures } = cloudSigning(context);
  const request = { ...begun, toBeSigned: Buffer.from(begun.toBeSigned, 'hex') };
  const value = await signatures.finish(request, answer);
  const key = await signatures.credential(begun.credentialId);
  const certificate = await context.prepared.certificate(prepared);
  const signer = { ...key, sign: async () => value };
  const signed = await personalSignature(certificate, signer, prepared, new Date(begun.signingTime));
  return completeCopy(context, prepared.id, signed);
}

async function begunWith(context: CopyContext, state: string): Promise<[PreparedCopy, BegunSignature]> {
  for (const prepared of await context.prepared.list(context.institution.id)) {
    const begun = await context.prepared.begun(prepared);
    if (begun?.state === state) return [prepared, begun];
  }
  throw new ArchiveError('COPY_UNKNOWN', 'This signature was not begun here. Begin it anew.');
}

async function personalSignature(
  certificate: Uint8Array,
  signer: DigestSigner,
  { statement: { authorisedPerson, place } }: PreparedCopy,
  signingTime: Date,
): Promise<Uint8Array> {
  const update = await sealPades(bytesReader(certificate), signer, {
    signingTime,
    ...(authorisedPerson ? { signerName: authorisedPerson.name, reason: authorisedPerson.capacity } : {}),
    ...(place ? { location: place } : {}),
  });
  return Buffer.concat([certificate, update]);
}

/** @throws ArchiveError STATE_CONFLICT */
function cloudSigning({ userSignatures, issuer }: CopyContext): { signatures: UserSignatures; credentialId: string } {
  const credentialId = issuer.authorisedPerson?.credentialId;
  if (!userSignatures || !credentialId)
    throw new ArchiveError(
      'STATE_CONFLICT',
      'Signing in the cloud is not configured. Download the certificate, sign it with your card, and return it.',
    );
  return { signatures: userSignatures, credentialId };
}

/** Whether the authorised person can sign in the cloud. */
export function canSignInCloud({ userSignatures, issuer }: CopyContext): boolean {
  return userSignatures !== undefined && issuer.authorisedPerson?.credentialId !== undefined;
}
