import type { Random } from '../random.ts';
import { mutateAsn1 } from './asn1.ts';
import { mutateOctets } from './octets.ts';

interface Element {
  readonly start: number;
  readonly end: number;
  readonly innerStart: number;
  readonly innerEnd: number;
  readonly name: string;
}

const ds = 'http://www.w3.org/2000/09/xmldsig#';
const transforms = [
  `${ds}enveloped-signature`,
  `${ds}base64`,
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315',
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments',
  'http://www.w3.org/2001/10/xml-exc-c14n#',
  'http://www.w3.org/2006/12/xml-c14n11',
  'http://www.w3.org/TR/1999/REC-xslt-19991116',
];
const uris = [
  ...transforms,
  'http://www.w3.org/2001/04/xmlenc#sha256',
  'http://www.w3.org/2001/04/xmlenc#sha512',
  `${ds}sha1`,
  `${ds}hmac-sha1`,
  'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
  'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256',
  'http://uri.etsi.org/01903#SignedProperties',
  `${ds}Manifest`,
  `${ds}Object`,
  '#xpointer(/)',
  '',
  'file:///etc/passwd',
  'http://127.0.0.1/',
];
const insertions = [
  '<!-- x -->',
  '<?x y?>',
  '<![CDATA[1]]>',
  '&#x31;',
  '&amp;',
  '&unknown;',
  '\r\n',
  ' ',
  '\u200b',
  '<x/>',
  '<x xmlns="urn:x" Id="x">9</x>',
];
const filters = [
  '//*',
  'not(ancestor-or-self::*[local-name()="iznos"])',
  'self::text()',
  'false()',
  'true()',
  'count(//*//*//*//*//*)>0',
  'here()/ancestor::*[1]',
];

type Edit = (random: Random, text: string, elements: readonly Element[]) => string;

/** Edits of elements, attributes, references and what is embedded in base64. */
export function mutateXml(random: Random, bytes: Buffer): Buffer {
  if (random.chance(8)) return mutateOctets(random, bytes);
  const text = bytes.toString('utf8');
  const elements = elementsIn(text);
  if (elements.length === 0) return mutateOctets(random, bytes);
  const edited = random.pick(edits)(random, text, elements);
  if (random.chance(2)) return Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(edited, 'utf16le')]);
  return Buffer.from(edited, 'utf8');
}

const replaced = (text: string, start: number, end: number, by: string) => text.slice(0, start) + by + text.slice(end);

const dropped: Edit = (random, text, elements) => {
  const { start, end } = random.pick(elements);
  return replaced(text, start, end, '');
};

const doubled: Edit = (random, text, elements) => {
  const { start, end } = random.pick(elements);
  return replaced(text, end, end, text.slice(start, end));
};

const swapped: Edit = (random, text, elements) => {
  const [one, other] = [random.pick(elements), random.pick(elements)].sort((a, b) => a.start - b.start) as [
    Element,
    Element,
  ];
  if (one.end > other.start) return doubled(random, text, elements);
  const between = text.slice(one.end, other.start);
  return replaced(
    text,
    one.start,
    other.end,
    text.slice(other.start, other.end) + between + text.slice(one.start, one.end),
  );
};

/** Moves or copies an element into another: what wrapping attacks are made of. */
const moved: Edit = (random, text, elements) => {
  const one = random.pick(elements);
  const target = random.pick(elements);
  const copy = text.slice(one.start, one.end);
  const place = random.chance(50) ? target.innerStart : target.innerEnd;
  if (place > one.start && place < one.end) return replaced(text, place, place, copy.slice(0, 4000));
  if (random.chance(50)) return replaced(text, place, place, copy);
  const [first, second] = place < one.start ? [place, one] : [one, place];
  return typeof first === 'number'
    ? replaced(replaced(text, one.start, one.end, ''), first, first, copy)
    : replaced(replaced(text, second as number, second as number, copy), one.start, one.end, '');
};

/** The signed element hidden in another place, and one with its Id and another content where it stood. */
const wrapped: Edit = (random, text, elements) => {
  const withId = elements.filter(({ start, innerStart }) => /\s(?:xml:)?id\s*=/i.test(text.slice(start, innerStart)));
  const one = random.pick(withId.length > 0 && random.chance(70) ? withId : elements);
  const original = text.slice(one.start, one.end);
  const inner = text.slice(one.innerStart, one.innerEnd);
  const forged =
    text.slice(one.start, one.innerStart) +
    inner.replace(/\d(?=[^<>]*<)|[a-zа-ш](?=[^<>]*<)/u, '9') +
    text.slice(one.innerEnd, one.end);
  const hidden = random.pick([`<x>${original}</x>`, `<ds:Object xmlns:ds="${ds}">${original}</ds:Object>`, original]);
  switch (random.below(4)) {
    case 0:
      return replaced(text, one.start, one.end, forged + hidden);
    case 1:
      return replaced(text, one.start, one.end, hidden + forged);
    case 2:
      return replaced(
        text,
        one.start,
        one.end,
        forged.replace(/<\/[^<>]*>$/, (tag) => hidden + tag),
      );
    default: {
      const signature = elements.find(({ name }) => name.endsWith('Signature'));
      const place =
        signature && !(signature.start >= one.start && signature.end <= one.end) ? signature.innerEnd : undefined;
      if (place === undefined) return replaced(text, one.start, one.end, `<x>${forged}${original}</x>`);
      return place > one.end
        ? replaced(replaced(text, place, place, hidden), one.start, one.end, forged)
        : replaced(replaced(text, one.start, one.end, forged), place, place, hidden);
    }
  }
};

const attributeChanged: Edit = (random, text) => {
  const found = [...text.matchAll(/(?<![\w:])([\w:]{1,60})="([^"<]*)"/g)];
  if (found.length === 0) return text;
  const match = random.pick(found);
  const [whole, name = '', value = ''] = match;
  const other = random.pick(found)[2] ?? '';
  const by = random.pick([
    `${name}="${random.pick(uris)}"`,
    `${name}="${other}"`,
    `${name}="${value}x"`,
    `${name}="#${other}"`,
    `${name}="#xpointer(id('${other}'))"`,
    '',
    `${whole} ${whole}`,
    `${whole} Id="${other}"`,
    `${whole} xml:id="${other}"`,
    `${whole} xmlns:xml2="${random.pick(uris)}"`,
    `${name}='${value.replace(/(.)/u, (c) => `&#${c.codePointAt(0)};`)}'`,
    `${name}="${Buffer.from(mutateOctets(random, Buffer.from(value)))
      .toString('latin1')
      .replace(/[<&"]/g, '')}"`,
  ]);
  return replaced(text, match.index, match.index + whole.length, by);
};

const transformAdded: Edit = (random, text) => {
  const places = [...text.matchAll(/<(?:[\w]+:)?Transforms[^>]*>|<\/(?:[\w]+:)?Transforms>|<(?:\w+:)?DigestMethod/g)];
  if (places.length === 0) return text;
  const { index, 0: tag } = random.pick(places);
  const inside = random.chance(60)
    ? `<ds:Transform xmlns:ds="${ds}" Algorithm="${random.pick(transforms)}"/>`
    : `<ds:Transform xmlns:ds="${ds}" Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>${random.pick(filters)}</ds:XPath></ds:Transform>`;
  if (tag.includes('DigestMethod'))
    return replaced(text, index, index, `<ds:Transforms xmlns:ds="${ds}">${inside}</ds:Transforms>`);
  const place = tag.startsWith('</') ? index : index + tag.length;
  return replaced(text, place, place, inside);
};

const inserted: Edit = (random, text, elements) => {
  const { innerStart, innerEnd } = random.pick(elements);
  const at = innerStart + random.below(innerEnd - innerStart + 1);
  return replaced(text, at, at, random.pick(insertions));
};

const textChanged: Edit = (random, text) => {
  const found = [...text.matchAll(/>([^<]+)</g)];
  if (found.length === 0) return text;
  const match = random.pick(found);
  const was = match[1] ?? '';
  const by = random.pick([
    was.replace(/\S/u, '9'),
    `${was}9`,
    `9${was}`,
    was.trim(),
    ` ${was} `,
    '',
    was.slice(1),
    was.toLowerCase(),
  ]);
  return replaced(text, match.index + 1, match.index + 1 + was.length, by);
};

/** Certificates, time-stamps, revocation data: edited as what they are. */
const embeddedChanged: Edit = (random, text, elements) => {
  const found = [...text.matchAll(/>\s*(MII[A-Za-z0-9+/=\s]+)</g)];
  if (found.length === 0) return inserted(random, text, elements);
  const match = random.pick(found);
  const was = match[1] ?? '';
  const start = match.index + match[0].indexOf(was);
  const by = mutateAsn1(random, Buffer.from(was, 'base64')).toString('base64');
  return replaced(text, start, start + was.length, by);
};

const documentType: Edit = (random, text, elements) => {
  const root = elements[0] as Element;
  const declarations = random.pick([
    '<!ENTITY a "9">',
    `<!ATTLIST ${root.name} x CDATA "9">`,
    '<!ENTITY a SYSTEM "file:///etc/passwd">',
    '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">',
    `<!ATTLIST ${root.name} Id ID #IMPLIED>`,
  ]);
  return replaced(text, root.start, root.start, `<!DOCTYPE ${root.name} [${declarations}]>`);
};

const deep: Edit = (random, text, elements) => {
  const { innerStart } = random.pick(elements);
  const depth = random.pick([3, 300, 20000]);
  return replaced(text, innerStart, innerStart, '<a>'.repeat(depth) + '</a>'.repeat(depth));
};

const many: Edit = (random, text) => {
  const found = /<(?:\w+:)?Reference[\s>].*?<\/(?:\w+:)?Reference>/s.exec(text);
  return found ? replaced(text, found.index, found.index, found[0].repeat(random.pick([1, 50, 2000]))) : text;
};

const prefixChanged: Edit = (random, text) => {
  const declarations = [...text.matchAll(/xmlns:(\w+)=/g)].map(([, prefix]) => prefix ?? '');
  if (declarations.length === 0) return text;
  const prefix = random.pick(declarations);
  return text.replaceAll(new RegExp(`\\b${prefix}:`, 'g'), 'q:').replaceAll(`xmlns:${prefix}=`, 'xmlns:q=');
};

const edits: readonly Edit[] = [
  dropped,
  doubled,
  swapped,
  moved,
  moved,
  wrapped,
  wrapped,
  wrapped,
  attributeChanged,
  attributeChanged,
  attributeChanged,
  transformAdded,
  inserted,
  inserted,
  textChanged,
  textChanged,
  embeddedChanged,
  embeddedChanged,
  embeddedChanged,
  documentType,
  many,
  prefixChanged,
  (random, ...rest) => (random.chance(10) ? deep : inserted)(random, ...rest),
];

/** Elements by their tags, as far as they are well nested. */
function elementsIn(text: string): Element[] {
  const found: Element[] = [];
  const open: { start: number; innerStart: number; name: string; order: number }[] = [];
  let order = 0;
  for (const match of text.matchAll(
    /<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|<(\/?)([\w:.-]+)(?:"[^"]*"|'[^']*'|[^<>"'])*?(\/?)>/gs,
  )) {
    const [tag, closing, name, empty] = match;
    if (!name) continue;
    const end = match.index + tag.length;
    if (closing) {
      const last = open.pop();
      if (last)
        found[last.order] = {
          start: last.start,
          innerStart: last.innerStart,
          innerEnd: match.index,
          end,
          name: last.name,
        };
    } else if (empty) found[order++] = { start: match.index, innerStart: end, innerEnd: end, end, name };
    else open.push({ start: match.index, innerStart: end, name, order: order++ });
  }
  return found.filter(Boolean);
}
