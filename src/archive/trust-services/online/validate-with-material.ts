import {
  noMaterial,
  type ValidationReport,
  type ValidationRequest,
  validateAndAsk,
} from '../../../standards/signatures/index.ts';
import type { MaterialSource, ValidationMaterial } from './validation-material.ts';

const mostRounds = 5;

/**
 * Validates a document, fetches what is missing, and validates again with it, until nothing is missing or nothing more is
 * to be had.
 * @param known what was had before; it is part of what is given back
 * @param source where missing material is fetched; without one the document is validated once, with what it brings
 * @returns the last report, and what was fetched for it
 * @throws what the document's reader throws, when bytes cannot be had
 */
export async function validateWithMaterial(
  request: Omit<ValidationRequest, 'material'>,
  source: MaterialSource | undefined,
  known: ValidationMaterial = noMaterial,
): Promise<{ readonly report: ValidationReport; readonly material: ValidationMaterial }> {
  const collected = { CERTIFICATE: [...known.certificates], CRL: [...known.crls], OCSP: [...known.ocspResponses] };
  const asked = new Set<string>();
  const material = () => ({
    certificates: [...collected.CERTIFICATE],
    crls: [...collected.CRL],
    ocspResponses: [...collected.OCSP],
  });
  let validation = await validateAndAsk({ ...request, material: material() });
  for (let round = 0; source && round < mostRounds; round++) {
    const fulfilled = new Set<string>();
    for (const wanted of validation.wanted()) {
      const key = `${wanted.kind} ${wanted.about}`;
      if (fulfilled.has(wanted.about) || asked.has(key)) continue;
      asked.add(key);
      const found = await source.obtain(wanted);
      if (!found) continue;
      collected[wanted.kind].push(found);
      fulfilled.add(wanted.about);
    }
    if (fulfilled.size === 0) break;
    validation = await validateAndAsk({ ...request, material: material() });
  }
  return { report: validation.report, material: material() };
}
