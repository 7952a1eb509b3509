import { type ByteReader, FormatError } from '../../base/index.ts';
import { messageDigestOf, readSignedData } from '../formats/cms/index.ts';
import { type DigestName, digestNameOf, nodeDigest } from '../formats/x509/index.ts';
import { detectContainer } from './containers/detect-container.ts';
import { largestWhole } from './containers/largest-whole.ts';
import { tokenOf } from './containers/token-of.ts';

/**
 * The digests that a detached signature or time-stamp names of what it signs: the message-digest of each signer of a
 * CMS, the imprint of an RFC 3161 token. Other kinds, and documents that break their format, name none.
 * @returns algorithms as node:crypto calls them, values lower-case hex
 */
export async function namedDigests(reader: ByteReader): Promise<{ algorithm: string; value: string }[]> {
  if (reader.size > largestWhole) return [];
  try {
    const container = await detectContainer(reader);
    if (container !== 'CMS' && container !== 'TSP') return [];
    const bytes = await reader.read(0, reader.size);
    if (container === 'TSP') {
      const token = tokenOf(bytes);
      return named(token?.imprintDigest, token?.imprint);
    }
    return readSignedData(bytes).signers.flatMap((signer) =>
      named(digestNameOf(signer.digestAlgorithm.oid), messageDigestOf(signer)),
    );
  } catch (error) {
    if (error instanceof FormatError) return [];
    throw error;
  }
}

function named(name: DigestName | undefined, digest: Uint8Array | undefined): { algorithm: string; value: string }[] {
  const algorithm = name && nodeDigest(name);
  return algorithm && digest ? [{ algorithm, value: Buffer.from(digest).toString('hex') }] : [];
}
