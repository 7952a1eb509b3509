import {
  type Asn1Element,
  childrenOf,
  isUniversal,
  oidOf,
  sequenceOf,
  setOf,
  textOf,
  universal,
} from '../asn1/index.ts';

/** A distinguished name (RFC 5280 4.1.2.4). */
export interface Name {
  /** As encoded, for hashing. */
  readonly der: Uint8Array;
  /** Equal for names that RFC 5280 7.1 calls equal, whatever their string types, case and spaces. */
  readonly key: string;
  /** One key for each relative name, outermost first: what a directoryName subtree compares. */
  readonly relativeKeys: readonly string[];
  readonly attributes: readonly NameAttribute[];
}

/** One attribute of a relative name. */
export interface NameAttribute {
  readonly type: string;
  readonly value: string;
}

const shortNames: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.4': 'SN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '2.5.4.12': 'title',
  '2.5.4.42': 'GN',
  '2.5.4.65': 'pseudonym',
  '2.5.4.97': 'organizationIdentifier',
  '0.9.2342.19200300.100.1.25': 'DC',
  '1.2.840.113549.1.9.1': 'E',
};

/** Reads a Name. */
export function readName(element: Asn1Element): Name {
  const attributes: NameAttribute[] = [];
  const relativeKeys = sequenceOf(element, 'a Name').map((relative) =>
    setOf(relative, 'a RelativeDistinguishedName')
      .map((attribute) => {
        const [type, value] = sequenceOf(attribute, 'an AttributeTypeAndValue');
        const oid = oidOf(type);
        const text = value ? textOf(value) : undefined;
        attributes.push({ type: oid, value: text ?? '' });
        const compared = text === undefined ? `#${Buffer.from(value?.bytes ?? []).toString('hex')}` : folded(text);
        return `${oid}=${compared.length}:${compared}`;
      })
      .sort()
      .join('+'),
  );
  return { der: element.bytes, key: relativeKeys.join(','), relativeKeys, attributes };
}

/** Case and spaces do not count (RFC 4518, as far as issuers use it). */
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ');
}

/** The name for people: common name, else pseudonym, given name and surname, organisation, or all there is. */
export function nameForPeople({ attributes }: Name): string {
  const first = (type: string) => attributes.find((attribute) => attribute.type === type && attribute.value)?.value;
  const given = [first('2.5.4.42'), first('2.5.4.4')].filter((part) => part !== undefined).join(' ');
  return first('2.5.4.3') ?? (given || undefined) ?? first('2.5.4.65') ?? first('2.5.4.10') ?? nameAsText(attributes);
}

function nameAsText(attributes: readonly NameAttribute[]): string {
  return attributes.map(({ type, value }) => `${shortNames[type] ?? type}=${value}`).join(', ');
}

/** The whole name as text, attributes in the order of the certificate. */
export function nameText({ attributes }: Name): string {
  return nameAsText(attributes);
}

/** A GeneralName (RFC 5280 4.2.1.6), as far as paths and revocation look at it. */
export type GeneralName =
  | { readonly kind: 'directoryName'; readonly name: Name }
  | { readonly kind: 'rfc822Name' | 'dNSName' | 'uniformResourceIdentifier'; readonly text: string }
  | { readonly kind: 'iPAddress'; readonly octets: Uint8Array }
  | { readonly kind: 'other'; readonly tag: number; readonly octets: Uint8Array };

/** Reads a GeneralName. */
export function readGeneralName(element: Asn1Element): GeneralName {
  const text = () => Buffer.from(element.content).toString('latin1');
  switch (element.tag) {
    case 1:
      return { kind: 'rfc822Name', text: text() };
    case 2:
      return { kind: 'dNSName', text: text() };
    case 4: {
      const [name] = childrenOf(element);
      if (isUniversal(name, universal.sequence)) return { kind: 'directoryName', name: readName(name) };
      return { kind: 'other', tag: 4, octets: element.content };
    }
    case 6:
      return { kind: 'uniformResourceIdentifier', text: text() };
    case 7:
      return { kind: 'iPAddress', octets: element.content };
    default:
      return { kind: 'other', tag: element.tag, octets: element.content };
  }
}
