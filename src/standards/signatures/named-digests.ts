import { type ByteReader, FormatError } from '../../base/index.ts';
import { messageDigestOf, readSignedData } from '../formats/cms/index.ts';
import { decodeBase64Url, itemsOf, jwsDigest, objectOf, readJws, stringOf } from '../formats/jws/index.ts';
import { type DigestName, digestNameOf, nodeDigest } from '../formats/x509/index.ts';
import {
  digestNamed,
  elementsWithin,
  readReferences,
  readTree,
  signatureNamespace,
  type XmlReference,
} from '../formats/xmldsig/index.ts';
import { detectContainer } from './containers/detect-container.ts';
import { isPayloadEncoded } from './containers/jades-header.ts';
import { largestWhole } from './containers/largest-whole.ts';
import { tokenOf } from './containers/token-of.ts';

/** A digest of a whole file: the algorithm as node:crypto calls it, the value lower-case hex. */
export interface NamedDigest {
  readonly algorithm: string;
  readonly value: string;
}

/**
 * The digests that a detached signature or time-stamp names of the files that it signs: the message-digest of each signer of
 * a CMS, the imprint of an RFC 3161 token, of XML signatures what references and manifests say of files outside without
 * transforming them (XMLDSig 1.1 4.4.3, 5.1), of a JWS the hashes in sigD over files as they are (TS 119 182-1 5.2.8.3.3).
 * Other kinds, and documents that break their format, name none. Nothing is verified.
 */
export async function namedDigests(reader: ByteReader): Promise<NamedDigest[]> {
  if (reader.size > largestWhole) return [];
  try {
    const container = await detectContainer(reader);
    const bytes = async () => reader.read(0, reader.size);
    switch (container) {
      case 'CMS':
        return readSignedData(await bytes()).signers.flatMap((signer) =>
          named(digestNameOf(signer.digestAlgorithm.oid), messageDigestOf(signer)),
        );
      case 'TSP': {
        const token = tokenOf(await bytes());
        return named(token?.imprintDigest, token?.imprint);
      }
      case 'XML':
        return namedInXml(await bytes());
      case 'JWS':
        return namedInJws(await bytes());
      default:
        return [];
    }
  } catch (error) {
    if (error instanceof FormatError) return [];
    throw error;
  }
}

function namedInXml(bytes: Uint8Array): NamedDigest[] {
  return elementsWithin(readTree(bytes).root)
    .filter(({ name, namespace }) => ['SignedInfo', 'Manifest'].includes(name) && namespace === signatureNamespace)
    .flatMap(readReferences)
    .filter(isToFile)
    .flatMap(({ digestAlgorithm, digest }) => named(digestAlgorithm, digest));
}

/** A reference without a URI is to what the application knows (XMLDSig 1.1 4.4.3.1): a file, too. */
function isToFile({ uri, transforms }: XmlReference): boolean {
  return transforms.length === 0 && uri !== '' && !uri?.startsWith('#');
}

function namedInJws(bytes: Uint8Array): NamedDigest[] {
  return (readJws(bytes)?.signatures ?? []).flatMap((signature) => {
    if ('broken' in signature) return [];
    const { protectedHeader: header } = signature;
    const detached = objectOf(header.get('sigD'));
    // in base64url what was hashed is another text than the file
    if (!detached || isPayloadEncoded(header)) return [];
    const method = stringOf(detached.get('hashM')) ?? '';
    return itemsOf(detached.get('hashV')).flatMap((value) =>
      named(jwsDigest(method) ?? digestNamed(method), decodeBase64Url(stringOf(value) ?? '')),
    );
  });
}

function named(name: DigestName | undefined, digest: Uint8Array | undefined): NamedDigest[] {
  const algorithm = name && nodeDigest(name);
  return algorithm && digest?.length ? [{ algorithm, value: Buffer.from(digest).toString('hex') }] : [];
}
