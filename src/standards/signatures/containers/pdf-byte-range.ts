import type { ByteReader } from '../../../base/index.ts';
import type { PdfSignature } from '../../formats/pdf/index.ts';
import type { Finding } from '../indication.ts';

/** What a ByteRange covers, and what is wrong with it. */
export interface ByteRangeCheck {
  readonly findings: readonly Finding[];
  /** Start and length of each range, cut to the file. */
  readonly ranges: readonly (readonly [number, number])[];
  /** Where the second range ends. */
  readonly end: number;
}

/**
 * The rules of a ByteRange (ISO 32000-1 12.8.1, EN 319 142-1 5.3): two ranges, from the first byte of the file on, with
 * exactly the value of Contents and its delimiters between them.
 */
export async function checkByteRange(reader: ByteReader, signature: PdfSignature): Promise<ByteRangeCheck> {
  const { byteRange, contents, contentsStart, contentsEnd } = signature;
  const [firstStart = 0, firstLength = 0, secondStart = 0, secondLength = 0] = byteRange;
  const end = secondStart + secondLength;
  const finding = (detail: string): ByteRangeCheck => ({
    findings: [{ code: 'BYTE_RANGE_INVALID', detail }],
    ranges: [],
    end: Number.isSafeInteger(end) ? Math.min(end, reader.size) : 0,
  });
  if (byteRange.length !== 4 || byteRange.some((value) => !Number.isSafeInteger(value) || value < 0))
    return finding('it is not two ranges');
  if (firstStart !== 0) return finding('it does not start with the file');
  if (secondStart <= firstLength) return finding('its ranges overlap');
  if (end > reader.size) return finding('it goes beyond the file');
  const ranges = [
    [firstStart, firstLength],
    [secondStart, secondLength],
  ] as const;
  if (contents === undefined) return finding('there is no value');
  if (contentsStart === undefined || contentsStart !== firstLength || contentsEnd !== secondStart)
    return { ...finding('what it leaves out is not exactly the value of the signature'), ranges };
  const gap = await reader.read(firstLength, 1);
  if (gap[0] !== 0x3c) return finding('what it leaves out is no hexadecimal string');
  return { findings: [], ranges, end };
}
