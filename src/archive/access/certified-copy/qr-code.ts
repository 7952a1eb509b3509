import qrcode from 'qrcode-generator';

/** A run of dark modules: its row, its first column and its length. */
export interface DarkRun {
  readonly row: number;
  readonly column: number;
  readonly length: number;
}

/** A QR code (ISO/IEC 18004) with error correction M, as runs to be drawn. */
export interface QrCode {
  readonly size: number;
  readonly runs: readonly DarkRun[];
}

qrcode.stringToBytes = (text) => [...Buffer.from(text, 'utf8')];

/** Encodes a short text, in UTF-8. */
export function qrCode(text: string): QrCode {
  const code = qrcode(0, 'M');
  code.addData(text);
  code.make();
  const size = code.getModuleCount();
  const runs: DarkRun[] = [];
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; ) {
      let length = 0;
      while (column + length < size && code.isDark(row, column + length)) length += 1;
      if (length > 0) runs.push({ row, column, length });
      column += length + 1;
    }
  return { size, runs };
}
