/** A DER element with a short tag number: identifier octet, definite length, contents. */
export function encodeElement(identifier: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const length = contents.reduce((sum, part) => sum + part.length, 0);
  return Buffer.concat([Uint8Array.of(identifier), encodeLength(length), ...contents]);
}

function encodeLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest % 256);
  return Uint8Array.of(0x80 | octets.length, ...octets);
}

/** DER's order of a SET OF: by encoding, the shorter padded with zeros (X.690 11.6). */
export function inSetOrder(elements: readonly Uint8Array[]): Uint8Array[] {
  return [...elements].sort((one, other) => Buffer.compare(one, other));
}
