import { type ByteReader, FormatError } from '../../../base/index.ts';
import { integerIn, type PdfDictionary, PdfParser, type PdfValue, WindowTooSmall } from './pdf-syntax.ts';
import { unfiltered } from './stream-filters.ts';

/** Reading single objects of a PDF without reading the rest. */
export interface PdfFile {
  readonly size: number;
  /** Lets `read` parse what lies at an offset; it is called again with a larger window until the object is whole. */
  parseAt<Result>(offset: number, read: (parser: PdfParser) => Result): Promise<Result>;
  /** The dictionary and the unfiltered data of the stream object at an offset. */
  streamAt(offset: number): Promise<{ entries: PdfDictionary; data: Buffer }>;
}

const firstWindow = 4096;
const largestWindow = 256 * 1024 * 1024;

/** A file that objects can be read from. */
export function openPdf(document: ByteReader): PdfFile {
  async function parseAt<Result>(offset: number, read: (parser: PdfParser) => Result): Promise<Result> {
    if (offset >= document.size) throw new FormatError('PDF', 'an offset lies behind the end', { offset });
    for (let window = firstWindow; ; window *= 8) {
      const bytes = await document.read(offset, window);
      try {
        return read(new PdfParser(bytes));
      } catch (error) {
        if (!(error instanceof WindowTooSmall)) throw error;
        if (offset + window >= document.size || window > largestWindow)
          throw new FormatError('PDF', 'an object does not end', { offset, cause: error });
      }
    }
  }
  async function streamAt(offset: number) {
    const { entries, start } = await parseAt(offset, (parser) => streamStart(parser, offset));
    const length = integerIn(entries, 'Length');
    if (length === undefined || length > largestWindow)
      throw new FormatError('PDF', 'a stream without its length', { offset });
    return { entries, data: unfiltered(entries, await document.read(start, length)) };
  }
  return { size: document.size, parseAt, streamAt };
}

/** Where the data of `n g obj << … >> stream` start. */
function streamStart(parser: PdfParser, offset: number): { entries: PdfDictionary; start: number } {
  const value = readIndirectObject(parser);
  if (value.kind !== 'dictionary') throw new FormatError('PDF', 'a stream was expected', { offset });
  parser.expect('stream');
  parser.skipLineEnd();
  return { entries: value.entries, start: offset + parser.position };
}

/** The value in `n g obj value`. */
export function readIndirectObject(parser: PdfParser): PdfValue {
  parser.integer();
  parser.integer();
  parser.expect('obj');
  return parser.value();
}
