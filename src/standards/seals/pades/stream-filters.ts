import { inflateSync } from 'node:zlib';
import { FormatError } from '../../../base/index.ts';
import { integerIn, namesIn, type PdfDictionary } from './pdf-syntax.ts';

const mostUnpacked = 256 * 1024 * 1024;

/**
 * The data of a stream that holds cross-references or objects: as it is, or deflated with or without a PNG predictor
 * (ISO 32000-2 7.4.4), which is all that writers use there.
 * @throws FormatError
 */
export function unfiltered(entries: PdfDictionary, data: Uint8Array): Buffer {
  const filters = namesIn(entries, 'Filter');
  if (filters.length === 0) return Buffer.from(data);
  if (filters.length > 1 || filters[0] !== '/FlateDecode')
    throw new FormatError('PDF', 'a filter that is not known here');
  const parameters = entries.get('DecodeParms');
  const single = parameters?.kind === 'array' ? parameters.items[0] : parameters;
  const inflated = inflate(data);
  return single?.kind === 'dictionary' ? withoutPredictor(inflated, single.entries) : inflated;
}

function inflate(data: Uint8Array): Buffer {
  try {
    return inflateSync(data, { maxOutputLength: mostUnpacked });
  } catch (cause) {
    throw new FormatError('PDF', 'a stream cannot be inflated', { cause });
  }
}

function withoutPredictor(data: Buffer, parameters: PdfDictionary): Buffer {
  const predictor = integerIn(parameters, 'Predictor') ?? 1;
  if (predictor === 1) return data;
  const columns = integerIn(parameters, 'Columns') ?? 1;
  const isPlain =
    (integerIn(parameters, 'Colors') ?? 1) === 1 && (integerIn(parameters, 'BitsPerComponent') ?? 8) === 8;
  if (predictor < 10 || !isPlain || columns < 1) throw new FormatError('PDF', 'a predictor that is not known here');
  const rows = Math.floor(data.length / (columns + 1));
  const plain = Buffer.alloc(rows * columns);
  for (let row = 0; row < rows; row += 1) undoRow(data, plain, row, columns);
  return plain;
}

/** PNG (RFC 2083 6): every row starts with the number of its filter; one octet is one sample here. */
function undoRow(data: Buffer, plain: Buffer, row: number, columns: number): void {
  const source = row * (columns + 1);
  const target = row * columns;
  const filter = data[source] ?? 0;
  for (let column = 0; column < columns; column += 1) {
    const left = column > 0 ? (plain[target + column - 1] ?? 0) : 0;
    const up = row > 0 ? (plain[target + column - columns] ?? 0) : 0;
    const upLeft = row > 0 && column > 0 ? (plain[target + column - columns - 1] ?? 0) : 0;
    plain[target + column] = (data[source + 1 + column] ?? 0) + predicted(filter, left, up, upLeft);
  }
}

function predicted(filter: number, left: number, up: number, upLeft: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, upLeft);
    default:
      throw new FormatError('PDF', 'a PNG filter that does not exist');
  }
}

function paeth(left: number, up: number, upLeft: number): number {
  const estimate = left + up - upLeft;
  const [toLeft, toUp, toUpLeft] = [left, up, upLeft].map((each) => Math.abs(estimate - each)) as [
    number,
    number,
    number,
  ];
  if (toLeft <= toUp && toLeft <= toUpLeft) return left;
  return toUp <= toUpLeft ? up : upLeft;
}
