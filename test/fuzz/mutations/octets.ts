import type { Random } from '../random.ts';

const numbers = ['0', '1', '-1', '99999999999', '2147483647', '4294967296', '1e9', '00'];

/** Edits that know nothing of a format. */
export function mutateOctets(random: Random, bytes: Buffer): Buffer {
  if (bytes.length === 0) return random.bytes(1);
  const at = random.below(bytes.length);
  const length = 1 + random.below(random.chance(80) ? 16 : 2000);
  const copy = Buffer.from(bytes);
  const spliced = (middle: Uint8Array, removed = 0) =>
    Buffer.concat([bytes.subarray(0, at), middle, bytes.subarray(at + removed)]);
  switch (random.below(9)) {
    case 0:
    case 1:
      copy[at] = (copy[at] ?? 0) ^ (1 << random.below(8));
      return copy;
    case 2:
      return copy.fill(
        random.pick([0, 0xff, 0x20, 0x30, 0x3c, random.below(256)]),
        at,
        Math.min(copy.length, at + length),
      );
    case 3:
      return spliced(new Uint8Array(), length);
    case 4:
      return spliced(bytes.subarray(at, at + length));
    case 5: {
      const from = random.below(bytes.length);
      return spliced(bytes.subarray(from, from + length), random.chance(50) ? length : 0);
    }
    case 6:
      return random.chance(20) ? bytes.subarray(0, at) : spliced(random.bytes(Math.min(length, 8)));
    case 7:
      return withNumberChanged(random, bytes);
    default:
      return Buffer.concat([bytes, random.chance(50) ? random.bytes(8) : bytes.subarray(at, at + length)]);
  }
}

/** Another number in the place of one written in digits. */
export function withNumberChanged(random: Random, bytes: Buffer): Buffer {
  const text = bytes.toString('latin1');
  const found = [...text.matchAll(/\d{1,10}/g)];
  const [match] = found.length > 0 ? [random.pick(found)] : [];
  if (!match) return bytes;
  const changed = random.chance(50) ? String(Number(match[0]) + random.pick([-2, -1, 1, 2, 16])) : random.pick(numbers);
  return Buffer.from(text.slice(0, match.index) + changed + text.slice(match.index + match[0].length), 'latin1');
}
