import { crc32, deflateSync } from 'node:zlib';

const width = 620;
const height = 877;

/** A grey PNG that looks like a scanned page with a round stamp: paper, lines of something written, noise, and that it is a sample. */
export function scannedPage(): Uint8Array {
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y += 1) for (let x = 0; x < width; x += 1) rows[y * (width + 1) + 1 + x] = shade(x, y);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8); // 8 bits of grey, deflate, filter method 0, not interlaced
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('tEXt', Buffer.from('Comment\0Trajno UZORAK / SAMPLE', 'latin1')),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function shade(x: number, y: number): number {
  const noise = (x * 7919 + y * 104729 + ((x * y) % 251) * 31) % 12;
  if (isLabel(x, y)) return 150 + noise * 3;
  if (isWriting(x, y)) return 60 + noise * 3;
  const fromStamp = Math.hypot(x - 450, y - 700);
  if (Math.abs(fromStamp - 70) < 3 || Math.abs(fromStamp - 45) < 1.5) return 130 + noise * 2;
  return 240 + noise;
}

/** Words of different lengths on lines 28 apart, the last line of each paragraph shorter. */
function isWriting(x: number, y: number): boolean {
  const line = Math.floor((y - 90) / 28);
  const inLine = (y - 90) % 28;
  if (line < 0 || line > 17 || line % 6 === 5 || inLine > 9) return false;
  const end = line % 6 === 4 ? 330 : 550;
  const word = (x * (3 + (line % 4)) + line * 37) % 97;
  return x > 70 && x < end && word > 14 && (x + y * 3) % 5 !== 0;
}

/** UZORAK in letters of 5 × 7 dots, over the page like a rubber stamp. */
const label = [
  '#...#.#####..###..####...###..#...#',
  '#...#.....#.#...#.#...#.#...#.#..#.',
  '#...#....#..#...#.#...#.#...#.#.#..',
  '#...#...#...#...#.####..#####.##...',
  '#...#..#....#...#.#.#...#...#.#.#..',
  '#...#.#.....#...#.#..#..#...#.#..#.',
  '.###..#####..###..#...#.#...#.#...#',
];
const dot = 12;

function isLabel(x: number, y: number): boolean {
  const row = label[Math.floor((y - 570) / dot)];
  return y >= 570 && row?.[Math.floor((x - 70) / dot)] === '#';
}

function chunk(type: string, content: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
