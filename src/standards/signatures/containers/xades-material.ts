import { FormatError } from '../../../base/index.ts';
import { base64Octets, elementsWithin, type TreeElement, textWithin } from '../../formats/xmldsig/index.ts';
import { type EmbeddedMaterial, joinMaterial } from '../embedded-material.ts';
import { materialOfCms } from './cms-material.ts';
import { tokenOf } from './token-of.ts';

const most = 5000;
const octetsOf = new WeakMap<TreeElement, Uint8Array>();

/** The octets that an element holds in base64, the same array each time; undefined where they cannot be read. */
export function octetsIn(element: TreeElement): Uint8Array | undefined {
  const known = octetsOf.get(element);
  if (known) return known;
  try {
    const octets = base64Octets(textWithin(element));
    octetsOf.set(element, octets);
    return octets;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/**
 * Certificates and revocation data in an element: of KeyInfo, of the values among the unsigned properties (EN 319 132-1
 * 5.4), and inside the time-stamps.
 */
export function materialWithin(root: TreeElement): EmbeddedMaterial {
  const certificates: Uint8Array[] = [];
  const crls: Uint8Array[] = [];
  const ocspResponses: Uint8Array[] = [];
  const tokens: EmbeddedMaterial[] = [];
  const lists: Readonly<Record<string, (octets: Uint8Array) => void>> = {
    X509Certificate: (octets) => certificates.push(octets),
    EncapsulatedX509Certificate: (octets) => certificates.push(octets),
    X509CRL: (octets) => crls.push(octets),
    EncapsulatedCRLValue: (octets) => crls.push(octets),
    EncapsulatedOCSPValue: (octets) => ocspResponses.push(octets),
    EncapsulatedTimeStamp: (octets) => {
      const token = tokenOf(octets);
      if (token) tokens.push(materialOfCms(token.signedData));
    },
  };
  let found = 0;
  for (const element of elementsWithin(root)) {
    const keep = lists[element.name];
    const octets = keep && found < most ? octetsIn(element) : undefined;
    if (!octets) continue;
    found += 1;
    keep?.(octets);
  }
  return joinMaterial([{ certificates, crls, ocspResponses }, ...tokens]);
}
