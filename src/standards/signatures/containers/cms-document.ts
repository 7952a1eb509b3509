import { messageDigestOf, type SignedData, type SignerInfo } from '../../formats/cms/index.ts';
import { type Certificate, digestNameOf, readCertificates } from '../../formats/x509/index.ts';
import type { ExamineEvidenceRecord } from '../evidence-examination.ts';
import { contentOfBytes, contentOfDetached, type DetachedContent, type SignedContent } from '../signed-content.ts';
import type { Scope, SignedDocument } from '../signed-document.ts';
import { readCmsEvidence } from './cms-evidence.ts';
import { materialOfCms } from './cms-material.ts';
import { readCmsSignature } from './cms-signature.ts';

/**
 * A CMS with its signers, enveloping or detached.
 * @param others certificates handed in from elsewhere, for signers whose certificate is not inside
 */
export async function readCmsDocument(
  signedData: SignedData,
  contents: readonly DetachedContent[],
  others: readonly Certificate[],
  examine?: ExamineEvidenceRecord,
): Promise<SignedDocument> {
  const material = materialOfCms(signedData);
  const candidates = [...readCertificates(material.certificates), ...others];
  const inside = signedData.content && contentOfBytes(signedData.content);
  const given = contents.map(contentOfDetached);
  const signatures = [];
  for (const signer of signedData.signers) {
    const content = inside ?? (await contentFor(signer, given));
    const scopes: Scope[] = content ? [{ scope: 'FULL', name: content.name ?? 'Full document' }] : [];
    signatures.push(...(await readCmsSignature({ signedData, signer, content, candidates, scopes })));
  }
  const contentOf = async (signer: SignerInfo) => inside ?? contentFor(signer, given);
  const evidenceRecords = await readCmsEvidence(examine, { signedData, contentOf, candidates });
  return { container: 'CMS', signatures, evidenceRecords, timestamps: [], material };
}

/** The one content given, or of several the one with the digest that the signer names. */
async function contentFor(signer: SignerInfo, given: readonly SignedContent[]): Promise<SignedContent | undefined> {
  if (given.length <= 1) return given[0];
  const algorithm = digestNameOf(signer.digestAlgorithm.oid);
  const expected = messageDigestOf(signer);
  if (!algorithm || !expected) return undefined;
  for (const content of given) {
    const digest = await content.digest(algorithm);
    if (digest && Buffer.compare(digest, expected) === 0) return content;
  }
  return undefined;
}
