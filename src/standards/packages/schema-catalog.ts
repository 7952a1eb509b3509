import { element, writeXml } from '../formats/xml/index.ts';

const published: readonly (readonly [namespace: string, schema: string])[] = [
  ['http://www.loc.gov/METS/', 'https://www.loc.gov/standards/mets/version112/mets.xsd'],
  ['https://DILCIS.eu/XML/METS/CSIPExtensionMETS', 'https://earkcsip.dilcis.eu/schema/DILCISExtensionMETS.xsd'],
  ['http://www.loc.gov/premis/v3', 'https://www.loc.gov/standards/premis/v3/premis-3-0.xsd'],
];

/**
 * `schemas/catalog.xml` (OASIS XML Catalogs 1.1): which published schema each namespace of the package means. The schemas
 * themselves, 300 KB, lie once in the store and are named by digest in PREMIS; every export has them beside the package.
 */
export function schemaCatalog(): Uint8Array {
  const entries = published.map(([name, uri]) => element('uri', { name, uri }));
  return writeXml(element('catalog', { xmlns: 'urn:oasis:names:tc:entity:xmlns:xml:catalog' }, ...entries));
}
