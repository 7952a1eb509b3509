import type { MaterialSource, MaterialWish, ValidationMaterial } from './validation-material.ts';

/** A validation that can say what it would need. */
export interface Asking {
  wanted(): readonly MaterialWish[];
}

const mostRounds = 5;

/**
 * Validates, fetches what is missing, and validates again with it, until nothing is missing or nothing more is to be had.
 * @param validate called with what was collected so far
 * @returns the last validation, and what was collected for it
 */
export async function completeMaterial<Validation extends Asking>(
  validate: (material: ValidationMaterial) => Promise<Validation>,
  source: MaterialSource,
): Promise<{ readonly validation: Validation; readonly material: ValidationMaterial }> {
  const collected = { CERTIFICATE: [] as Uint8Array[], CRL: [] as Uint8Array[], OCSP: [] as Uint8Array[] };
  const asked = new Set<string>();
  const material = () => ({
    certificates: [...collected.CERTIFICATE],
    crls: [...collected.CRL],
    ocspResponses: [...collected.OCSP],
  });
  let validation = await validate(material());
  for (let round = 0; round < mostRounds; round++) {
    const fulfilled = new Set<string>();
    for (const wish of validation.wanted()) {
      const key = `${wish.kind} ${wish.about}`;
      if (fulfilled.has(wish.about) || asked.has(key)) continue;
      asked.add(key);
      const found = await source.obtain(wish);
      if (!found) continue;
      collected[wish.kind].push(found);
      fulfilled.add(wish.about);
    }
    if (fulfilled.size === 0) break;
    validation = await validate(material());
  }
  return { validation, material: material() };
}
