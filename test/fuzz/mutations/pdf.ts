import { inflateSync } from 'node:zlib';
import type { Random } from '../random.ts';
import { mutateAsn1 } from './asn1.ts';
import { mutateOctets, withNumberChanged } from './octets.ts';

const names = [
  '/ByteRange',
  '/Contents',
  '/SubFilter',
  '/Filter',
  '/Type',
  '/V',
  '/FT',
  '/T',
  '/Kids',
  '/Root',
  '/Prev',
  '/Size',
  '/XRefStm',
  '/AcroForm',
  '/Fields',
  '/DSS',
  '/Pages',
  '/Length',
  '/Encrypt',
  '/Perms',
  '/DocMDP',
  '/Reference',
  '/M',
  '/Rotate',
];
const values = [
  '/Sig',
  '/DocTimeStamp',
  '/ETSI.CAdES.detached',
  '/ETSI.RFC3161',
  '/adbe.pkcs7.detached',
  '/adbe.pkcs7.sha1',
  'null',
  '1 0 R',
  '99 0 R',
  '[0 0 0 0]',
  '<00>',
  '()',
  'true',
  '<<>>',
];

type Edit = (random: Random, text: string) => string;

/** Edits of revisions, ranges, cross-references, objects, the gap, and of the CMS in it; in Latin-1, so that a character is an octet. */
export function mutatePdf(random: Random, bytes: Buffer): Buffer {
  if (random.chance(15)) return mutateOctets(random, bytes);
  let text = bytes.toString('latin1');
  for (let number = 1 + random.below(2); number > 0; number--) text = random.pick(edits)(random, text);
  return Buffer.from(text, 'latin1');
}

const replaced = (text: string, start: number, end: number, by: string) => text.slice(0, start) + by + text.slice(end);

function inOne(
  random: Random,
  text: string,
  pattern: RegExp,
  edit: (whole: string) => string,
  keepsLength = false,
): string {
  const found = [...text.matchAll(pattern)];
  if (found.length === 0) return text;
  const { index, 0: whole } = random.pick(found);
  const by = edit(whole);
  return replaced(text, index, index + whole.length, keepsLength ? by.padEnd(whole.length).slice(0, whole.length) : by);
}

const rangeChanged: Edit = (random, text) =>
  inOne(
    random,
    text,
    /\/ByteRange\s*\[[^\]]*\]/g,
    (whole) => {
      const numbers = (whole.match(/\d+/g) ?? []).map(Number);
      const at = random.below(numbers.length);
      const edited = random.pick<() => (number | string)[]>([
        () => numbers.map((value, index) => (index === at ? value + random.pick([-1, 1, 2, -10, 10, 1000]) : value)),
        () => numbers.slice(0, 2),
        () => [...numbers, ...numbers],
        () => [...numbers].reverse(),
        () =>
          numbers.map((value, index) =>
            index === at ? random.pick(['-1', '1.5', '99999999999999', '0', 'null', '5 0 R']) : value,
          ),
        // one octet from the gap to what is covered, and the other way
        () => [numbers[0] ?? 0, (numbers[1] ?? 0) + 1, (numbers[2] ?? 0) + 1, (numbers[3] ?? 0) - 1],
        () => [numbers[0] ?? 0, numbers[1] ?? 0, (numbers[2] ?? 0) - 2, (numbers[3] ?? 0) + 2],
      ])();
      return `/ByteRange [${edited.join(' ')}]`;
    },
    random.chance(80),
  );

function withoutPadding(hex: string): string {
  let end = hex.length;
  while (hex[end - 1] === '0') end--;
  return hex.slice(0, end + (end % 2));
}

const contentsChanged: Edit = (random, text) =>
  inOne(random, text, /\/Contents\s*<[0-9A-Fa-f\s]{200,}>/g, (whole) => {
    const open = whole.indexOf('<') + 1;
    const hex = whole.slice(open, -1);
    const used = withoutPadding(hex);
    const decoded = Buffer.from(used.length % 2 === 0 ? used : `${used}0`, 'hex');
    const start = whole.slice(0, open);
    const filled = (octets: Uint8Array) =>
      `${start}${Buffer.from(octets).toString('hex').padEnd(hex.length, '0').slice(0, hex.length)}>`;
    return random.pick<() => string>([
      () => filled(mutateAsn1(random, decoded)),
      () => filled(mutateAsn1(random, decoded)),
      () => filled(mutateAsn1(random, decoded)),
      () => filled(mutateAsn1(random, decoded)),
      // what no reader looks for after the CMS, and what ends the string early
      () => filled(Buffer.concat([decoded, random.bytes(20)])),
      () => replaced(whole, whole.length - 60, whole.length - 20, `> /Rotate 90 /X <${'0'.repeat(23)}`),
      () => replaced(whole, whole.length - 4, whole.length - 2, '  '),
      () => replaced(whole, whole.length - 4, whole.length - 2, 'zz'),
      () => `${start}${hex.toUpperCase()}>`,
    ])();
  });

const nameChanged: Edit = (random, text) => {
  const from = random.pick(names);
  return inOne(
    random,
    text,
    new RegExp(`${from}\\b`, 'g'),
    () => random.pick([...names, `${from.slice(0, 2)}#${from.charCodeAt(2).toString(16)}${from.slice(3)}`]),
    random.chance(30),
  );
};

const valueChanged: Edit = (random, text) =>
  inOne(
    random,
    text,
    new RegExp(`(?:${random.pick(names)})\\s*(?:/[\\w.]+|\\d+ \\d+ R|\\d+|\\([^)]{0,60}\\))`, 'g'),
    (whole) => `${/^\/\w+/.exec(whole)?.[0]} ${random.pick(values)}`,
    random.chance(60),
  );

interface Found {
  readonly start: number;
  readonly end: number;
  readonly number: string;
  readonly generation: string;
  readonly body: string;
}

/** Objects by the words around them. */
function objectsIn(text: string): Found[] {
  return [...text.matchAll(/\b(\d{1,7}) (\d{1,3}) obj\b/g)].flatMap(
    ({ index, 0: head, 1: number = '', 2: generation = '' }) => {
      const end = text.indexOf('endobj', index);
      const body = text.slice(index + head.length, end);
      return end < 0 ? [] : [{ start: index, end: end + 'endobj'.length, number, generation, body }];
    },
  );
}

const objectDoubled: Edit = (random, text) => {
  const found = objectsIn(text);
  if (found.length === 0) return text;
  const { start, end } = random.pick(found);
  const whole = text.slice(start, end);
  const digit = whole.search(/\d\D{0,40}endobj$/);
  const changed = digit < 0 ? whole : replaced(whole, digit, digit + 1, '7');
  return replaced(text, start, end, random.chance(50) ? `${whole}\n${changed}` : '');
};

/** A revision more, with an object of the document in another form and a cross-reference table that reaches it. */
const revisionAdded: Edit = (random, text) => {
  const found = objectsIn(text);
  if (found.length === 0) return text;
  const { number, generation, body } = random.pick(found);
  const isStreamed = /\/XRef\b/.test(text.slice(text.lastIndexOf('startxref') - 3000));
  const changed = random.pick<() => string>([
    () => body,
    () => body.replace(/>>/, `${random.pick(names)} ${random.pick(values)}>>`),
    () => body.replace(/\/(?:Contents|ByteRange)[^/>]*/, ''),
    () => random.pick(found).body,
    () => withNumberChanged(random, Buffer.from(body, 'latin1')).toString('latin1'),
    () => `\n${random.pick(values)}\n`,
    () => `\n<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Rotate 90>>\n`,
  ])();
  const before = /startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1] ?? '0';
  const root = [...text.matchAll(/\/Root\s+\d+ \d+ R/g)].at(-1)?.[0] ?? '/Root 1 0 R';
  const size = [...text.matchAll(/\/Size\s+(\d+)/g)].at(-1)?.[1] ?? '100';
  const start = text.length + 1;
  const object = `${number} ${generation} obj${changed}endobj\n`;
  const at = start + object.length;
  const entry = `${String(start).padStart(10, '0')} ${generation.padStart(5, '0')} n \n`;
  const prev = random.chance(90) ? before : random.pick(['0', String(at), '-5', String(start)]);
  const trailer = `trailer\n<</Size ${size} ${random.chance(90) ? root : random.pick(values)} /Prev ${prev}${isStreamed && random.chance(30) ? ` /XRefStm ${before}` : ''}>>`;
  return `${text}\n${object}xref\n${number} 1\n${entry}${trailer}\nstartxref\n${at}\n%%EOF\n`;
};

const referencesChanged: Edit = (random, text) =>
  random.chance(50)
    ? inOne(
        random,
        text,
        /startxref\s+\d+/g,
        (whole) => withNumberChanged(random, Buffer.from(whole)).toString(),
        random.chance(50),
      )
    : inOne(
        random,
        text,
        /\d{10} \d{5} [nf]/g,
        (whole) =>
          random.pick([
            withNumberChanged(random, Buffer.from(whole)).toString(),
            whole.replace(/[nf]/, (kind) => (kind === 'n' ? 'f' : 'n')),
          ]),
        true,
      );

const cut: Edit = (random, text) => {
  const ends = [...text.matchAll(/%%EOF\s?/g)];
  const end = ends.length > 0 ? random.pick(ends) : undefined;
  if (!end) return text;
  const at = end.index + end[0].length;
  return random.pick([
    text.slice(0, at),
    text.slice(at),
    text.slice(0, at) + text,
    `${text.slice(0, at)}\n% x\n${text.slice(at)}`,
    `x${text}`,
    `${text}%%EOF`,
    `${text}\n<</Rotate 90>>`,
  ]);
};

/** Validation data in streams, edited as what it is. */
const streamChanged: Edit = (random, text) =>
  inOne(
    random,
    text,
    /(?<=stream\r?\n).{0,40000}?(?=\r?\nendstream)/gs,
    (whole) => {
      const octets = Buffer.from(whole, 'latin1');
      if (octets[0] === 0x30) return mutateAsn1(random, octets).toString('latin1');
      if (octets[0] !== 0x78 || random.chance(50)) return mutateOctets(random, octets).toString('latin1');
      try {
        return mutateOctets(random, inflateSync(octets, { maxOutputLength: 1 << 20 })).toString('latin1');
      } catch {
        return '';
      }
    },
    random.chance(50),
  );

const digitsChanged: Edit = (random, text) => withNumberChanged(random, Buffer.from(text, 'latin1')).toString('latin1');

const edits: readonly Edit[] = [
  rangeChanged,
  rangeChanged,
  contentsChanged,
  contentsChanged,
  contentsChanged,
  contentsChanged,
  nameChanged,
  valueChanged,
  objectDoubled,
  revisionAdded,
  revisionAdded,
  revisionAdded,
  referencesChanged,
  cut,
  streamChanged,
  digitsChanged,
];
