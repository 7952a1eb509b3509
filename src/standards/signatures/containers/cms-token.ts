import { createHash } from 'node:crypto';
import { FormatError } from '../../../base/index.ts';
import { oidOf } from '../../formats/asn1/index.ts';
import {
  type CertificateReference,
  certificateReferencesOf,
  cmsOids,
  keepsToProtectedAlgorithms,
  messageDigestOf,
  type SignerIdentifier,
  type SignerInfo,
  signedAttributesEncoding,
  signedAttributesOf,
} from '../../formats/cms/index.ts';
import {
  type Certificate,
  type DigestName,
  digestNameOf,
  hashesByItself,
  type PublicKey,
  type SignatureAlgorithm,
  type SignatureCheck,
  signatureAlgorithmOf,
  verifyDigest,
  verifySignature,
  verifyStream,
} from '../../formats/x509/index.ts';
import type { Finding } from '../indication.ts';
import { digestBytes, type SignedContent } from '../signed-content.ts';
import type { CertificateReferenceFact, ReferenceFact, TokenFacts } from '../signed-document.ts';

/** What the facts of a CMS signer are read from. */
export interface CmsTokenSource {
  readonly signer: SignerInfo;
  /** eContentType: the content-type attribute must agree with it. Undefined for counter-signatures, which have none. */
  readonly contentType: string | undefined;
  /** Undefined: nobody handed it in. */
  readonly content: SignedContent | undefined;
  readonly candidates: readonly Certificate[];
  readonly referenceKind: ReferenceFact['kind'];
}

/** Facts of a CMS signer without its id: identification, digests, signature value. Nothing is judged. */
export async function readCmsToken(source: CmsTokenSource): Promise<Omit<TokenFacts, 'id'>> {
  const { signer } = source;
  const digestAlgorithm = digestNameOf(signer.digestAlgorithm.oid);
  const signatureAlgorithm = signatureAlgorithmOf(signer.signatureAlgorithm, digestAlgorithm);
  const { certificate, reference } = identifySigner(source);
  const references = [await contentReference(source, digestAlgorithm)];
  const valueCheck =
    certificate && signatureAlgorithm
      ? await checkValue(source, certificate, signatureAlgorithm, references)
      : certificate
        ? 'unsupported'
        : 'unchecked';
  return {
    formatFindings: attributeFindings(source),
    ...(certificate ? { signingCertificate: certificate } : {}),
    certificateReference: reference,
    references,
    signatureValue: signer.signature,
    ...(signatureAlgorithm ? { signatureAlgorithm } : {}),
    ...(digestAlgorithm ? { digestAlgorithm } : {}),
    valueCheck,
  };
}

/**
 * The candidates that the signer identifier names, else those that the signing-certificate attribute does; the one whose
 * digest the attribute names comes first (trap 7 and 8).
 */
function identifySigner({ signer, candidates }: CmsTokenSource): {
  certificate: Certificate | undefined;
  reference: CertificateReferenceFact;
} {
  const references = referencesOf(signer);
  const named = candidates.filter((candidate) => isNamedBy(candidate, signer.identifier));
  const [first] = Array.isArray(references) ? references : [];
  const certificate =
    (first && named.find((one) => isReferenced(one, first))) ??
    named[0] ??
    (first && candidates.find((one) => isReferenced(one, first)));
  if (references === 'absent' || references === 'unreadable') return { certificate, reference: { kind: references } };
  if (!first) return { certificate, reference: { kind: 'unreadable' } };
  const matches = certificate !== undefined && isReferenced(certificate, first);
  return { certificate, reference: { kind: matches ? 'matches' : 'differs', digestAlgorithm: first.digestAlgorithm } };
}

function referencesOf(signer: SignerInfo): CertificateReference[] | 'absent' | 'unreadable' {
  try {
    return certificateReferencesOf(signer) ?? 'absent';
  } catch (error) {
    if (error instanceof FormatError) return 'unreadable';
    throw error;
  }
}

function isNamedBy(certificate: Certificate, identifier: SignerIdentifier): boolean {
  if (identifier.kind === 'issuerAndSerial')
    return certificate.serial === identifier.serial && certificate.issuer.key === identifier.issuer.key;
  if (certificate.subjectKeyIdentifier !== undefined) return certificate.subjectKeyIdentifier === identifier.value;
  const computed = digestBytes(certificate.publicKey.octets, 'SHA1');
  return computed !== undefined && Buffer.from(computed).toString('hex') === identifier.value;
}

function isReferenced(certificate: Certificate, { digestAlgorithm, digest }: CertificateReference): boolean {
  const computed = digestAlgorithm && digestBytes(certificate.der, digestAlgorithm);
  return computed !== undefined && Buffer.compare(computed, digest) === 0;
}

/** Whether the content is there and has the digest that the signer names (RFC 5652 5.4, 5.6). */
async function contentReference(
  { signer, content, referenceKind }: CmsTokenSource,
  digestAlgorithm: DigestName | undefined,
): Promise<ReferenceFact> {
  const named = { kind: referenceKind, ...(digestAlgorithm ? { digestAlgorithm } : {}) };
  if (!signer.signedAttributes)
    return { ...named, kind: 'CONTENT', found: content !== undefined && digestAlgorithm !== undefined, intact: false };
  const expected = messageDigestOf(signer);
  const computed = digestAlgorithm && content && (await content.digest(digestAlgorithm));
  const intact = expected !== undefined && computed !== undefined && Buffer.compare(expected, computed) === 0;
  const unknown = content && !digestAlgorithm ? { hasUnknownDigest: true } : {};
  return { ...named, ...unknown, found: computed !== undefined, intact };
}

/** Verifies the value: over the signed attributes, or over the content where there are none (trap 4). */
async function checkValue(
  { signer, content }: CmsTokenSource,
  certificate: Certificate,
  algorithm: SignatureAlgorithm,
  references: ReferenceFact[],
): Promise<TokenFacts['valueCheck']> {
  const { publicKey } = certificate;
  const attributes = signedAttributesEncoding(signer);
  if (attributes && !keepsToProtectedAlgorithms(signer)) return 'bad';
  if (attributes) return rememberedCheck(algorithm, publicKey, attributes, signer.signature);
  if (!content) return 'unchecked';
  const check = await checkOverContent(content, algorithm, certificate, signer.signature);
  const [reference] = references;
  if (reference) references[0] = { ...reference, intact: check === 'good' };
  return check;
}

const checked = new Map<string, SignatureCheck>();
const mostChecked = 50_000;

/** Remembered, since an archive time-stamp stands in the evidence records of all files of its batch. */
function rememberedCheck(
  algorithm: SignatureAlgorithm,
  key: PublicKey,
  attributes: Uint8Array,
  signature: Uint8Array,
): SignatureCheck {
  const hash = createHash('sha256');
  for (const part of [Buffer.from(JSON.stringify(algorithm)), key.der, attributes, signature])
    hash.update(`${part.length} `).update(part);
  const label = hash.digest('base64');
  const before = checked.get(label);
  if (before !== undefined) return before;
  const check = verifySignature(algorithm, key, attributes, signature);
  if (checked.size >= mostChecked) checked.clear();
  checked.set(label, check);
  return check;
}

const largestUnstreamed = 64 << 20;

async function checkOverContent(
  content: SignedContent,
  algorithm: SignatureAlgorithm,
  { publicKey }: Certificate,
  signature: Uint8Array,
): Promise<TokenFacts['valueCheck']> {
  const chunks = content.chunks();
  if (chunks && !hashesByItself(algorithm)) return verifyStream(algorithm, publicKey, chunks, signature);
  if (chunks && (content.size ?? Number.POSITIVE_INFINITY) <= largestUnstreamed) {
    const parts: Uint8Array[] = [];
    for await (const chunk of chunks) parts.push(chunk);
    return verifySignature(algorithm, publicKey, Buffer.concat(parts), signature);
  }
  if (algorithm.scheme !== 'RSA' || !algorithm.digest) return 'unchecked';
  const known = await content.digest(algorithm.digest);
  return known ? verifyDigest(publicKey, algorithm.digest, known, signature) : 'unchecked';
}

const singleValued = [cmsOids.contentType, cmsOids.messageDigest, cmsOids.signingTime];

/** RFC 5652 5.3, 11: these attributes stand once with one value; content-type is that of the content. */
function attributeFindings({ signer, contentType }: CmsTokenSource): Finding[] {
  const findings: Finding[] = [];
  for (const oid of singleValued) {
    const values = signedAttributesOf(signer, oid).flatMap((attribute) => attribute.values);
    if (values.length > 1) findings.push({ code: 'FORMAT_BROKEN', detail: `the attribute ${oid} has several values` });
  }
  const [type] = signedAttributesOf(signer, cmsOids.contentType).flatMap(({ values }) => values);
  if (type && contentType !== undefined && oidOf(type) !== contentType)
    findings.push({ code: 'FORMAT_BROKEN', detail: 'the content-type attribute differs from the type of the content' });
  return findings;
}
