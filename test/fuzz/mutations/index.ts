import type { Random } from '../random.ts';
import { mutateAsn1 } from './asn1.ts';
import { mutateJws } from './json.ts';
import { mutateOctets } from './octets.ts';
import { mutatePdf } from './pdf.ts';
import { mutateXml } from './xml.ts';
import { mutateZip } from './zip.ts';

/** One edit of a document, by its format as its first octets tell it. */
export function mutate(random: Random, bytes: Buffer): Buffer {
  const head = bytes
    .subarray(0, 64)
    .toString('latin1')
    .replace(/^\u00ef\u00bb\u00bf/, '')
    .trimStart();
  if (head.startsWith('%PDF-')) return mutatePdf(random, bytes);
  if (head.startsWith('PK')) return mutateZip(random, bytes, mutate);
  if (head.startsWith('<')) return mutateXml(random, bytes);
  if (head.startsWith('{') || head.startsWith('eyJ')) return mutateJws(random, bytes);
  if (bytes[0] === 0x30) return random.chance(90) ? mutateAsn1(random, bytes) : mutateOctets(random, bytes);
  return mutateOctets(random, bytes);
}
