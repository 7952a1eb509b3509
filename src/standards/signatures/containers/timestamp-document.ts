import { malformed } from '../../formats/asn1/index.ts';
import { type Certificate, readCertificates } from '../../formats/x509/index.ts';
import { contentOfDetached, type DetachedContent } from '../signed-content.ts';
import type { SignedDocument } from '../signed-document.ts';
import { materialOfCms } from './cms-material.ts';
import { readTimestamp } from './cms-timestamps.ts';
import { tokenOf } from './token-of.ts';

/** A stand-alone RFC 3161 time-stamp over the content that was handed in with it. */
export async function readTimestampDocument(
  bytes: Uint8Array,
  contents: readonly DetachedContent[],
  others: readonly Certificate[],
): Promise<SignedDocument> {
  const token = tokenOf(bytes);
  if (!token) throw malformed('a time-stamp token was expected');
  const material = materialOfCms(token.signedData);
  const given = contents.map(contentOfDetached);
  const facts = await readTimestamp(bytes, {
    type: 'CONTENT_TIMESTAMP',
    imprintOf: async (algorithm, { imprint }) => {
      const digests = await Promise.all(given.map((content) => content.digest(algorithm)));
      return (
        digests.find((digest) => digest && Buffer.compare(digest, imprint) === 0) ?? digests.find((digest) => digest)
      );
    },
    covers: () => [],
    candidates: [...readCertificates(material.certificates), ...others],
  });
  return { container: 'TSP', signatures: [], evidenceRecords: [], timestamps: facts ? [facts] : [], material };
}
