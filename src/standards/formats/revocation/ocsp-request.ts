import { createHash } from 'node:crypto';
import { encodeElement, encodeOid, universal } from '../asn1/index.ts';
import type { Certificate } from '../x509/index.ts';

const sha1 = '1.3.14.3.2.26';
const sequence = 0x30;
const nullElement = Uint8Array.of(0x05, 0x00);

/**
 * An OCSPRequest about one certificate (RFC 6960 4.1.1), without a nonce, so that the answer may come from a cache, with
 * SHA-1 in its CertID, which every responder knows (RFC 5019 2.1.1) and which protects nothing.
 * @returns DER
 */
export function ocspRequest(certificate: Certificate, issuer: Certificate): Uint8Array {
  const hash = (bytes: Uint8Array) => encodeElement(universal.octetString, createHash('sha1').update(bytes).digest());
  const id = encodeElement(
    sequence,
    encodeElement(sequence, encodeOid(sha1), nullElement),
    hash(certificate.issuer.der),
    hash(issuer.publicKey.octets),
    encodeElement(universal.integer, integerOctets(certificate.serial)),
  );
  const request = encodeElement(sequence, id);
  return encodeElement(sequence, encodeElement(sequence, encodeElement(sequence, request)));
}

/** Two's complement, as short as it can be. */
function integerOctets(value: bigint): Uint8Array {
  const octets: number[] = [];
  let rest = value;
  do {
    octets.unshift(Number(BigInt.asUintN(8, rest)));
    rest >>= 8n;
  } while (rest !== 0n && rest !== -1n);
  const isNegative = ((octets[0] ?? 0) & 0x80) !== 0;
  if (isNegative !== value < 0n) octets.unshift(value < 0n ? 0xff : 0);
  return Uint8Array.from(octets);
}
