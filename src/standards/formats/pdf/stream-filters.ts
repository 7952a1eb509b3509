import { constants, inflateSync } from 'node:zlib';
import { integerValue, malformedPdf, nameValue, type PdfEntries, type PdfValue } from './values.ts';

/** What a decoded stream may come to. */
export const largestStream = 48 << 20;

/**
 * Decodes a stream through its filters (ISO 32000-1 7.4): Flate with predictors, and hexadecimal. Others are for
 * images and are not needed here.
 * @param parameters DecodeParms, resolved
 * @throws FormatError for other filters, or when the result is too large
 */
export function decodeStream(
  data: Uint8Array,
  filters: readonly PdfValue[],
  parameters: readonly (PdfEntries | undefined)[],
): Uint8Array {
  return filters.reduce<Uint8Array>((bytes, filter, index) => {
    const name = nameValue(filter);
    if (name === 'FlateDecode' || name === 'Fl') return unpredict(inflate(bytes), parameters[index]);
    if (name === 'ASCIIHexDecode' || name === 'AHx') return fromHex(bytes);
    throw malformedPdf(`the filter ${name ?? 'without a name'} is not read`);
  }, data);
}

function inflate(bytes: Uint8Array): Uint8Array {
  try {
    return inflateSync(bytes, { maxOutputLength: largestStream, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (cause) {
    throw malformedPdf(`a stream that does not inflate: ${cause instanceof Error ? cause.message : 'unknown'}`);
  }
}

function fromHex(bytes: Uint8Array): Uint8Array {
  const digits = Buffer.from(bytes).toString('latin1').replace(/>.*$/s, '').replace(/\s/g, '');
  return Buffer.from(digits, 'hex');
}

/** Undoes the PNG predictors (7.4.4.4); TIFF's is not used for cross-reference data. */
function unpredict(bytes: Uint8Array, parameters: PdfEntries | undefined): Uint8Array {
  const predictor = integerValue(parameters?.get('Predictor')) ?? 1;
  if (predictor === 1) return bytes;
  if (predictor < 10) throw malformedPdf(`the predictor ${predictor} is not read`);
  const columns = integerValue(parameters?.get('Columns')) ?? 1;
  const colors = integerValue(parameters?.get('Colors')) ?? 1;
  const bits = integerValue(parameters?.get('BitsPerComponent')) ?? 8;
  const rowLength = Math.ceil((columns * colors * bits) / 8);
  const pixel = Math.max(1, Math.ceil((colors * bits) / 8));
  if (columns < 1 || colors < 1 || bits < 1 || rowLength > 1 << 20) throw malformedPdf('absurd predictor parameters');
  const rows = Math.floor(bytes.length / (rowLength + 1));
  const result = new Uint8Array(rows * rowLength);
  for (let row = 0; row < rows; row++) {
    const filter = bytes[row * (rowLength + 1)] ?? 0;
    unfilterRow(bytes, result, { filter, from: row * (rowLength + 1) + 1, to: row * rowLength, rowLength, pixel });
  }
  return result;
}

interface Row {
  readonly filter: number;
  readonly from: number;
  readonly to: number;
  readonly rowLength: number;
  readonly pixel: number;
}

function unfilterRow(bytes: Uint8Array, result: Uint8Array, { filter, from, to, rowLength, pixel }: Row): void {
  for (let index = 0; index < rowLength; index++) {
    const left = index >= pixel ? (result[to + index - pixel] ?? 0) : 0;
    const up = to >= rowLength ? (result[to + index - rowLength] ?? 0) : 0;
    const corner = index >= pixel && to >= rowLength ? (result[to + index - rowLength - pixel] ?? 0) : 0;
    result[to + index] = ((bytes[from + index] ?? 0) + prediction(filter, left, up, corner)) & 0xff;
  }
}

function prediction(filter: number, left: number, up: number, corner: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4: {
      const estimate = left + up - corner;
      const [a, b, c] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
      return a <= b && a <= c ? left : b <= c ? up : corner;
    }
    default:
      throw malformedPdf(`the row filter ${filter} is not known`);
  }
}
