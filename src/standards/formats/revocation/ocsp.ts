import { createHash } from 'node:crypto';
import { FormatError } from '../../../base/index.ts';
import {
  type Asn1Element,
  bitOctetsOf,
  childrenOf,
  decodeAsn1,
  decodeWholeAsn1,
  integerOf,
  isContext,
  isUniversal,
  malformed,
  octetsOf,
  oidOf,
  required,
  sequenceOf,
  timeOf,
  universal,
} from '../asn1/index.ts';
import {
  type AlgorithmIdentifier,
  type Certificate,
  digestNameOf,
  type Extension,
  extensionOids,
  type Name,
  nodeDigest,
  type PublicKey,
  readAlgorithm,
  readExtensions,
  readName,
  signatureAlgorithmOf,
  verifySignature,
} from '../x509/index.ts';
import { idOfEncoding } from './known-encodings.ts';

/** What a responder says of one certificate (RFC 6960 4.2.1). */
export interface SingleResponse {
  readonly digestAlgorithm: string;
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serial: bigint;
  readonly status: 'good' | 'revoked' | 'unknown';
  readonly revocationTime?: Date;
  /** CRLReason; 0 where none is given. */
  readonly reason?: number;
  readonly thisUpdate: Date;
  readonly nextUpdate?: Date;
  readonly extensions: ReadonlyMap<string, Extension>;
}

/** A BasicOCSPResponse (RFC 6960 4.2.1). */
export interface OcspResponse {
  readonly der: Uint8Array;
  readonly sha256: string;
  readonly signedBytes: Uint8Array;
  readonly responder: { readonly name?: Name; readonly keyHash?: Uint8Array };
  readonly producedAt: Date;
  readonly responses: readonly SingleResponse[];
  readonly signatureAlgorithm: AlgorithmIdentifier;
  readonly signature: Uint8Array;
  /** DER of the certificates that came along. */
  readonly certificates: readonly Uint8Array[];
}

const basicResponse = '1.3.6.1.5.5.7.48.1.1';

/**
 * Reads an OCSPResponse or the BasicOCSPResponse alone (CMS carries either).
 * @throws FormatError when it is malformed, or is a responder's error message
 */
export function readOcspResponse(found: Uint8Array): OcspResponse {
  const basic = basicBytes(found);
  const [signed, algorithm, signature, certificates] = sequenceOf(decodeAsn1(basic), 'a BasicOCSPResponse');
  const parts = sequenceOf(signed, 'a ResponseData');
  if (isContext(parts[0], 0) && isUniversal(childrenOf(parts[0])[0], universal.integer)) parts.shift();
  const [responder, producedAt, responses] = parts;
  return {
    der: found,
    sha256: idOfEncoding(found),
    signedBytes: required(signed, 'the signed part').bytes,
    responder: readResponder(required(responder, 'the responder')),
    producedAt: timeOf(producedAt),
    responses: sequenceOf(responses, 'the responses').map(readSingleResponse),
    signatureAlgorithm: readAlgorithm(algorithm),
    signature: bitOctetsOf(signature),
    certificates: certificates ? sequenceOf(childrenOf(certificates)[0]).map(({ bytes }) => bytes) : [],
  };
}

/** The responses among `encodings` that can be read. */
export function readOcspResponses(encodings: Iterable<Uint8Array>): OcspResponse[] {
  const responses: OcspResponse[] = [];
  for (const der of encodings) {
    try {
      responses.push(readOcspResponse(der));
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
    }
  }
  return responses;
}

function basicBytes(found: Uint8Array): Uint8Array {
  const element = decodeAsn1(found);
  const [status, holder] = sequenceOf(element, 'an OCSPResponse');
  if (!isUniversal(status, universal.enumerated)) return element.bytes;
  if (!isContext(holder, 0)) throw malformed('a responder that answered with an error');
  const [type, response] = sequenceOf(childrenOf(holder)[0], 'ResponseBytes');
  if (oidOf(type) !== basicResponse) throw malformed('a response of an unknown type');
  return octetsOf(required(response, 'the response'));
}

function readResponder(element: Asn1Element): OcspResponse['responder'] {
  const inner = required(childrenOf(element)[0], 'the responder');
  return isContext(element, 1) ? { name: readName(inner) } : { keyHash: octetsOf(inner) };
}

function readSingleResponse(element: Asn1Element): SingleResponse {
  const [certId, status, thisUpdate, ...rest] = sequenceOf(element, 'a SingleResponse');
  const [algorithm, nameHash, keyHash, serial] = sequenceOf(certId, 'a CertID');
  const next = rest.find((part) => isContext(part, 0));
  const extensions = rest.find((part) => isContext(part, 1));
  return {
    digestAlgorithm: readAlgorithm(algorithm).oid,
    issuerNameHash: octetsOf(required(nameHash, 'a name hash')),
    issuerKeyHash: octetsOf(required(keyHash, 'a key hash')),
    serial: integerOf(serial),
    ...readStatus(required(status, 'a status')),
    thisUpdate: timeOf(thisUpdate),
    ...(next ? { nextUpdate: timeOf(childrenOf(next)[0]) } : {}),
    extensions: extensions ? readExtensions(required(childrenOf(extensions)[0], 'extensions')) : new Map(),
  };
}

function readStatus(element: Asn1Element): Pick<SingleResponse, 'status' | 'revocationTime' | 'reason'> {
  if (isContext(element, 0)) return { status: 'good' };
  if (!isContext(element, 1)) return { status: 'unknown' };
  const [time, reason] = childrenOf(element);
  return {
    status: 'revoked',
    revocationTime: timeOf(time),
    reason: reason ? (childrenOf(reason)[0]?.content[0] ?? 0) : 0,
  };
}

/** The answer about `certificate`, issued by `issuer`, if the response has one (RFC 6960 4.1.1). */
export function singleResponseFor(
  response: OcspResponse,
  certificate: Certificate,
  issuer: Certificate,
): SingleResponse | undefined {
  return response.responses.find(({ digestAlgorithm, issuerNameHash, issuerKeyHash, serial }) => {
    if (serial !== certificate.serial) return false;
    const name = digestNameOf(digestAlgorithm);
    const algorithm = name && nodeDigest(name);
    if (!algorithm) return false;
    const hash = (bytes: Uint8Array) => createHash(algorithm).update(bytes).digest();
    return (
      Buffer.compare(hash(issuer.publicKey.octets), issuerKeyHash) === 0 &&
      (Buffer.compare(hash(certificate.issuer.der), issuerNameHash) === 0 ||
        Buffer.compare(hash(issuer.subject.der), issuerNameHash) === 0)
    );
  });
}

/** Whether the responder that the response names is the holder of `certificate`. */
export function isResponder({ responder }: OcspResponse, certificate: Certificate): boolean {
  if (responder.name) return responder.name.key === certificate.subject.key;
  const hash = createHash('sha1').update(certificate.publicKey.octets).digest();
  return responder.keyHash !== undefined && Buffer.compare(hash, responder.keyHash) === 0;
}

/** Whether `key` made the signature of the response. */
export function isOcspSignedBy(response: OcspResponse, key: PublicKey): boolean {
  const algorithm = signatureAlgorithmOf(response.signatureAlgorithm);
  return (
    algorithm !== undefined && verifySignature(algorithm, key, response.signedBytes, response.signature) === 'good'
  );
}

/** The archive cutoff of an answer (RFC 6960 4.4.4): answers hold for certificates that expired since then. */
export function archiveCutoffOf({ extensions }: SingleResponse): Date | undefined {
  const extension = extensions.get(extensionOids.archiveCutoff);
  return extension && timeOf(decodeWholeAsn1(extension.value));
}

/** The hash of the certificate that a positive statement names (CertHash, ISIS-MTT), if any. */
export function certificateHashOf({ extensions }: SingleResponse): { oid: string; value: Uint8Array } | undefined {
  const extension = extensions.get('1.3.36.8.3.13');
  if (!extension) return undefined;
  const [algorithm, hash] = sequenceOf(decodeWholeAsn1(extension.value), 'a CertHash');
  return { oid: readAlgorithm(algorithm).oid, value: octetsOf(required(hash, 'a hash')) };
}
