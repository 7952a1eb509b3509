import { sha256Hex } from '../../base/index.ts';
import type { AipDescription } from '../../standards/packages/index.ts';
import { keepRepresentationInformation } from '../packaging/index.ts';
import type { ValidationMaterial } from '../trust-services/index.ts';
import type { IngestContext } from './submission.ts';

/** Larger lists lie once in the store, not in every record that was judged by them. */
const largestInPackage = 100 << 10;

const kinds = [
  ['certificates', 'cer'],
  ['ocspResponses', 'ocsp'],
  ['crls', 'crl'],
] as const;

/**
 * The validation material that was fetched for a record's signatures, as files of its package: each under its SHA-256. For
 * a list of more than 100 KB the package holds where in the store it lies.
 */
export async function materialFiles(
  context: IngestContext,
  material: ValidationMaterial,
  createdAt: Date,
): Promise<AipDescription['validationReports']> {
  const files = new Map<string, Uint8Array>();
  for (const [kind, extension] of kinds)
    for (const der of material[kind]) {
      const name = `${sha256Hex(der)}.${extension}`;
      if (der.length <= largestInPackage) files.set(name, der);
      else files.set(`${name}.json`, await shared(context, name, der));
    }
  return [...files].map(([name, content]) => ({ name: `validation-material/${name}`, content, createdAt }));
}

async function shared(context: IngestContext, name: string, content: Uint8Array): Promise<Uint8Array> {
  const [kept] = await keepRepresentationInformation(context, [{ name, path: name, content }]);
  return Buffer.from(`${JSON.stringify({ ...kept, path: name, size: content.length })}\n`);
}
