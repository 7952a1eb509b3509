import { element, writeXml } from '../formats/xml/index.ts';
import type { DublinCoreElement, DublinCoreStatement, JsonValue, RecordDescription } from './record-description.ts';

const namespaces = {
  'xmlns:oai_dc': 'http://www.openarchives.org/OAI/2.0/oai_dc/',
  'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
};

/** Fields of `profiles/fields.json` that have a place in Dublin Core. */
const elementOfField: Readonly<Record<string, DublinCoreElement>> = {
  vrstaDokumenta: 'type',
  opis: 'description',
  datumNastanka: 'date',
  brojPredmeta: 'relation',
};

/** `metadata/descriptive/dc.xml`: simple Dublin Core in the root of OAI-PMH (oai_dc.xsd). */
export function dublinCore(record: RecordDescription): Uint8Array {
  return dublinCoreOf(statements(record));
}

/** These statements as such a document. */
export function dublinCoreOf(said: readonly DublinCoreStatement[]): Uint8Array {
  return writeXml(
    element(
      'oai_dc:dc',
      namespaces,
      ...said.map(({ element: name, value, language }) => element(`dc:${name}`, { 'xml:lang': language }, value)),
    ),
  );
}

function statements(record: RecordDescription): DublinCoreStatement[] {
  const { language } = record;
  return [
    { element: 'title', value: record.title, ...(language === undefined ? {} : { language }) },
    { element: 'identifier', value: record.id },
    { element: 'identifier', value: record.number },
    { element: 'publisher', value: record.institution.name },
    ...(language === undefined ? [] : [{ element: 'language' as const, value: language }]),
    ...Object.entries(elementOfField).flatMap(([field, name]) => ofField(name, record.metadata[field])),
    ...[...new Set(record.files.map((file) => file.mimeType))].map((value) => ({ element: 'format' as const, value })),
    ...record.descriptive,
  ];
}

function ofField(name: DublinCoreElement, value: JsonValue | undefined): DublinCoreStatement[] {
  return typeof value === 'string' && value !== '' ? [{ element: name, value }] : [];
}
