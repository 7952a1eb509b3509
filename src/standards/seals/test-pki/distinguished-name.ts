import { type Der, oid, printableString, sequence, setOf, utf8String } from '../../formats/der/index.ts';

const attributeTypes = {
  C: '2.5.4.6',
  O: '2.5.4.10',
  OU: '2.5.4.11',
  organizationIdentifier: '2.5.4.97',
  SN: '2.5.4.4',
  GN: '2.5.4.42',
  serialNumber: '2.5.4.5',
  CN: '2.5.4.3',
} as const;

/** A distinguished name in the order it is written in: `{ C: 'RS', O: '…', CN: '…' }`. */
export type NameAttributes = Readonly<Partial<Record<keyof typeof attributeTypes, string>>>;

/** RDNSequence, one attribute each (X.520): UTF8String but for C and serialNumber, which are PrintableString. */
export function distinguishedName(attributes: NameAttributes): Der {
  const types = Object.keys(attributes) as (keyof typeof attributeTypes)[];
  return sequence(
    ...types.map((type) => {
      const value = attributes[type] ?? '';
      const encodedValue = type === 'C' || type === 'serialNumber' ? printableString(value) : utf8String(value);
      return setOf([sequence(oid(attributeTypes[type]), encodedValue)]);
    }),
  );
}
