import { digestOf } from '../../base/index.ts';
import { childrenOf, decodeWholeAsn1, isContext, required } from '../formats/asn1/index.ts';
import { type Der, octetString, oid, retagged, sequence, setOf, tagged } from '../formats/der/index.ts';
import { distinct, type TimestampSource } from './levels.ts';
import { digestBytes, digestIdentifier } from './signature-algorithm.ts';
import { attribute } from './signed-data.ts';

const oids = { archiveTimestampV3: '0.4.0.1733.2.4', hashIndexV3: '0.4.0.19122.1.5' } as const;

/** What an archive time-stamp is over, besides the signer. */
export interface ArchivedContent {
  readonly contentType: string;
  /** SHA-256 of the content, enclosed or not. */
  readonly contentDigest: Uint8Array;
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
}

/**
 * The signer with an archive-time-stamp-v3 (EN 319 122-1 5.5.3) over the content, the signer, and by its index (5.5.2) the
 * certificates, revocation data and unsigned attributes; all by SHA-256.
 * @param signerInfo SignerInfo, DER
 */
export async function withArchiveTimestamp(
  signerInfo: Der,
  { contentType, contentDigest, certificates, crls }: ArchivedContent,
  source: TimestampSource,
): Promise<Der> {
  const members = childrenOf(decodeWholeAsn1(signerInfo));
  const fields = members.filter((member) => !isContext(member, 1)).map(({ bytes }) => bytes);
  const attributes = members.filter((member) => isContext(member, 1)).flatMap(childrenOf);
  const values = attributes.flatMap((each) => {
    const [type, set] = childrenOf(each);
    return childrenOf(required(set, 'the values')).map((value) =>
      Buffer.concat([required(type, 'the type').bytes, value.bytes]),
    );
  });
  const index = sequence(digestIdentifier('sha256'), hashes(certificates), hashes(crls), hashes(values));
  const covered = Buffer.concat([oid(contentType), contentDigest, ...fields, index]);
  const token = await source(digestOf(covered, 'sha256'));
  const timestamp = attribute(oids.archiveTimestampV3, withUnsigned(token, attribute(oids.hashIndexV3, index)));
  return sequence(...fields, retagged(0xa1, setOf([...attributes.map(({ bytes }) => bytes), timestamp])));
}

const hashes = (elements: readonly Uint8Array[]) =>
  sequence(...distinct(elements).map((element) => octetString(digestBytes('sha256', element))));

/** A token with an unsigned attribute more in its one signer. */
function withUnsigned(token: Der, more: Der): Der {
  const [type, wrapped] = childrenOf(decodeWholeAsn1(token));
  const [signedData] = childrenOf(required(wrapped, 'the SignedData'));
  const members = childrenOf(required(signedData, 'the SignedData'));
  const [signer] = childrenOf(required(members.at(-1), 'the SignerInfos'));
  const fields = childrenOf(required(signer, 'the SignerInfo'));
  const before = fields.filter((field) => isContext(field, 1)).flatMap(childrenOf);
  const attributes = setOf([...before.map(({ bytes }) => bytes), more]);
  const kept = fields.filter((field) => !isContext(field, 1)).map(({ bytes }) => bytes);
  const signerInfos = setOf([sequence(...kept, retagged(0xa1, attributes))]);
  const rest = members.slice(0, -1).map(({ bytes }) => bytes);
  return sequence(required(type, 'the type').bytes, tagged(0, sequence(...rest, signerInfos)));
}
