import { unlessMalformed } from '../../base/index.ts';
import { decodeWholeAsn1, isUniversal, sequenceOf, toDer, universal } from '../formats/asn1/index.ts';
import { digestBytes } from './signed-content.ts';
import type { SignaturePolicyFact } from './signed-document.ts';

/** Whether a policy's document is the one that the signature names. */
export interface SignaturePolicyReport {
  /** As the signature writes it: an OID or a URI. */
  readonly id: string;
  /** `NOT_AVAILABLE`: no document came with the signature nor was handed in; `NOT_NAMED`: the signature names no digest that can be compared. */
  readonly digest: 'MATCHES' | 'DIFFERS' | 'NOT_AVAILABLE' | 'NOT_NAMED';
}

/**
 * Compares the digest that a signature names of its policy with the policy's document (EN 319 102-1 5.2.4, initialisation of
 * the validation context): the one that a store of the signature brings, or one that was handed in. What the policy asks for
 * is not read, and no verdict depends on it.
 */
export function reportSignaturePolicy(
  { id, digestAlgorithm, digest, document }: SignaturePolicyFact,
  given: readonly Uint8Array[],
): SignaturePolicyReport {
  if (!digestAlgorithm || !digest) return { id, digest: 'NOT_NAMED' };
  const isNamed = (octets: Uint8Array) =>
    formsOf(octets).some((form) => {
      const computed = digestBytes(form, digestAlgorithm);
      return computed !== undefined && Buffer.compare(computed, digest) === 0;
    });
  if (document) return { id, digest: isNamed(document) ? 'MATCHES' : 'DIFFERS' };
  return { id, digest: given.some(isNamed) ? 'MATCHES' : 'NOT_AVAILABLE' };
}

/** A policy in ASN.1 is hashed without the hash that it holds of itself (TR 102 272 annex A): its algorithm and its contents, DER. */
function formsOf(document: Uint8Array): Uint8Array[] {
  const parts = document[0] === 0x30 ? unlessMalformed(() => sequenceOf(decodeWholeAsn1(document))) : undefined;
  const [algorithm, information] = parts ?? [];
  if (!isUniversal(algorithm, universal.sequence) || !isUniversal(information, universal.sequence)) return [document];
  return [document, Buffer.concat([toDer(algorithm), toDer(information)])];
}
