import { createHash } from 'node:crypto';
import { unlessMalformed } from '../../../base/index.ts';
import {
  cmsOids,
  readSignerInfo,
  type SignedData,
  type SignerInfo,
  signedAttributesOf,
  signingTimeOf,
} from '../../formats/cms/index.ts';
import type { Certificate } from '../../formats/x509/index.ts';
import { contentOfBytes, digestBytes, type SignedContent } from '../signed-content.ts';
import type {
  ProfileFacts,
  Scope,
  SignatureFacts,
  TimestampFacts,
  TimestampType,
  TokenFacts,
} from '../signed-document.ts';
import { coveredBefore, coveredByIndex } from './archive-coverage.ts';
import { cadesOids } from './attribute-oids.ts';
import {
  type ArchivedSigner,
  archiveImprintV2,
  archiveImprintV3,
  hashIndexOf,
  isIndexFound,
  referencesImprint,
} from './cades-imprints.ts';
import { cadesProfile } from './cades-profile.ts';
import { readTimestamp, type TimestampSource, timestampId } from './cms-timestamps.ts';
import { type CmsTokenSource, readCmsToken } from './cms-token.ts';
import { policyOfCms } from './named-policy.ts';

/** What the facts of a CMS signature are read from. */
export interface CmsSignatureSource {
  readonly signedData: SignedData;
  readonly signer: SignerInfo;
  readonly content: SignedContent | undefined;
  readonly candidates: readonly Certificate[];
  readonly scopes: readonly Scope[];
  /** For PDF, which has rules of its own. */
  readonly profileOf?: (facts: Omit<TokenFacts, 'id'>) => ProfileFacts;
}

const deepestCounterSignature = 8;
const mostTimestamps = 200;

/** Facts of a signer of a CMS and, after it, of those who counter-signed it. */
export async function readCmsSignature(source: CmsSignatureSource): Promise<SignatureFacts[]> {
  const { signer, signedData, content, candidates } = source;
  const token: CmsTokenSource = {
    signer,
    contentType: signedData.contentType,
    content,
    candidates,
    referenceKind: 'MESSAGE_DIGEST',
  };
  return readSigner(source, token, false, 0);
}

async function readSigner(
  source: CmsSignatureSource,
  token: CmsTokenSource,
  isCounterSignature: boolean,
  depth: number,
): Promise<SignatureFacts[]> {
  const { signer } = token;
  const id = signatureId(signer);
  const facts = await readCmsToken(token);
  const claimedSigningTime = unlessMalformed(() => signingTimeOf(signer));
  const signature: SignatureFacts = {
    ...facts,
    id,
    profile: source.profileOf?.(facts) ?? cadesProfile(source.signedData, signer, facts, isCounterSignature),
    isCounterSignature,
    ...(claimedSigningTime ? { claimedSigningTime } : {}),
    ...policyOfCms(signer),
    bindsContent: signedAttributesOf(signer, cmsOids.messageDigest).length > 0,
    timestamps: await readTimestamps(source, token, id, facts.signingCertificate),
    scopes: isCounterSignature ? [{ scope: 'COUNTER_SIGNATURE', name: 'Signature value' }] : source.scopes,
  };
  return [signature, ...(await readCounterSignatures(source, signer, depth))];
}

/** The id of a CMS signature in reports and proofs. */
export function signatureId({ element }: SignerInfo): string {
  return `S-${createHash('sha256').update(element.bytes).digest('hex')}`;
}

/** A counter-signature signs the octets of the value that it stands under (RFC 5652 11.4; trap 11). */
async function readCounterSignatures(
  source: CmsSignatureSource,
  parent: SignerInfo,
  depth: number,
): Promise<SignatureFacts[]> {
  if (depth >= deepestCounterSignature) return [];
  const values = parent.unsignedAttributes
    .filter(({ oid }) => oid === cmsOids.counterSignature)
    .flatMap((attribute) => attribute.values);
  const found: SignatureFacts[] = [];
  for (const value of values.slice(0, 100)) {
    const token: CmsTokenSource = {
      signer: readSignerInfo(value),
      contentType: undefined,
      content: contentOfBytes(parent.signature),
      candidates: source.candidates,
      referenceKind: 'COUNTER_SIGNED_VALUE',
    };
    found.push(...(await readSigner(source, token, true, depth + 1)));
  }
  return found;
}

const timestampTypes: Readonly<Record<string, TimestampType>> = {
  [cadesOids.contentTimestamp]: 'CONTENT_TIMESTAMP',
  [cadesOids.signatureTimestamp]: 'SIGNATURE_TIMESTAMP',
  [cadesOids.signatureAndReferencesTimestamp]: 'VALIDATION_DATA_TIMESTAMP',
  [cadesOids.referencesTimestamp]: 'VALIDATION_DATA_REFSONLY_TIMESTAMP',
  [cadesOids.archiveTimestampV1]: 'ARCHIVE_TIMESTAMP',
  [cadesOids.archiveTimestampV2]: 'ARCHIVE_TIMESTAMP',
  [cadesOids.archiveTimestampV3]: 'ARCHIVE_TIMESTAMP',
};

async function readTimestamps(
  source: CmsSignatureSource,
  token: CmsTokenSource,
  id: string,
  signingCertificate: Certificate | undefined,
): Promise<TimestampFacts[]> {
  const { signer } = token;
  const found: TimestampFacts[] = [];
  for (const { oid, values } of [...(signer.signedAttributes?.attributes ?? []), ...signer.unsignedAttributes]) {
    const type = timestampTypes[oid];
    if (!type) continue;
    for (const value of values) {
      if (found.length >= mostTimestamps) return found;
      const about = timestampSource(type, oid, source, token, id, signingCertificate);
      const facts = await readTimestamp(value.bytes, about);
      if (facts) found.push(facts);
    }
  }
  return found;
}

function timestampSource(
  type: TimestampType,
  oid: string,
  source: CmsSignatureSource,
  { signer, content }: CmsTokenSource,
  id: string,
  signingCertificate: Certificate | undefined,
): TimestampSource {
  const archived: ArchivedSigner = { signedData: source.signedData, signer, content };
  const certificates = signingCertificate ? [signingCertificate.sha256] : [];
  const common = { type, candidates: source.candidates };
  switch (type) {
    case 'CONTENT_TIMESTAMP':
      return { ...common, covers: () => [], imprintOf: async (algorithm) => content?.digest(algorithm) };
    case 'SIGNATURE_TIMESTAMP':
      return {
        ...common,
        covers: () => [id, ...certificates],
        imprintOf: async (algorithm) => digestBytes(signer.signature, algorithm),
      };
    case 'VALIDATION_DATA_TIMESTAMP':
      return {
        ...common,
        covers: () => [id, ...certificates, ...signatureTimestampsOf(signer)],
        imprintOf: async (algorithm) => referencesImprint(archived, algorithm, true),
      };
    case 'VALIDATION_DATA_REFSONLY_TIMESTAMP':
      return {
        ...common,
        covers: () => certificates,
        imprintOf: async (algorithm) => referencesImprint(archived, algorithm, false),
      };
    default:
      return archiveSource(common, oid, archived, id);
  }
}

function archiveSource(
  common: Pick<TimestampSource, 'type' | 'candidates'>,
  oid: string,
  archived: ArchivedSigner,
  id: string,
): TimestampSource {
  if (oid === cadesOids.archiveTimestampV3)
    return {
      ...common,
      archiveForm: 'v3',
      covers: (token) => [id, ...coveredByIndex(archived, token)],
      imprintOf: async (algorithm, token) => {
        const index = hashIndexOf(token);
        if (!index) return undefined;
        // An index that names what is not there is broken: no imprint can be the one of its time-stamp.
        return isIndexFound(archived, index) ? archiveImprintV3(archived, algorithm, index) : new Uint8Array();
      },
    };
  return {
    ...common,
    archiveForm: 'v2',
    covers: (token) => [id, ...coveredBefore(archived, token.productionTime)],
    imprintOf: (algorithm, token) => archiveImprintV2(archived, algorithm, token),
  };
}

function signatureTimestampsOf({ unsignedAttributes }: SignerInfo): string[] {
  return unsignedAttributes
    .filter(({ oid }) => oid === cadesOids.signatureTimestamp)
    .flatMap(({ values }) => values.map(({ bytes }) => timestampId(bytes)));
}
