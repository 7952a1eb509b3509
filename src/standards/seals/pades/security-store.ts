import { type ByteReader, FormatError } from '../../../base/index.ts';
import { openPdf, type PdfDocument, type PdfEntries } from '../../formats/pdf/index.ts';
import { distinct, type SealMaterial } from '../levels.ts';
import { incrementalUpdate, nextObjectNumber, type UpdatedObject } from './incremental-update.ts';
import { list, reference, type WrittenEntries, type WrittenValue, writtenDictionary } from './pdf-writing.ts';
import { dictionaryOf } from './signature-field.ts';

/**
 * Puts material in the document security store (ISO 32000-2 12.8.4.3, EN 319 142-1 5.4.2); what a store that is there
 * already holds is kept.
 * @returns the incremental update
 * @throws FormatError
 */
export async function securityStore(document: ByteReader, material: SealMaterial): Promise<Uint8Array> {
  const pdf = await openPdf(document);
  const root = pdf.trailer.get('Root');
  if (root?.kind !== 'reference') throw new FormatError('PDF', 'the trailer names no catalog');
  const catalog = dictionaryOf(await pdf.resolve(root), 'the catalog');
  const store = await storeOf(pdf, catalog);
  let number = nextObjectNumber(pdf);
  const added: UpdatedObject[] = [];
  const withStreams = async (key: string, elements: readonly Uint8Array[]): Promise<[string, WrittenValue][]> => {
    const before = await pdf.resolve(store.get(key));
    const kept = before.kind === 'array' ? before.items : [];
    const references = distinct(elements).map((element) => {
      added.push({ number, generation: 0, text: streamText(element) });
      return reference(number++);
    });
    return kept.length + references.length > 0 ? [[key, list([...kept, ...references])]] : [];
  };
  const entries: WrittenEntries = new Map([
    ...store,
    ...(await withStreams('Certs', material.certificates)),
    ...(await withStreams('CRLs', material.crls)),
    ...(await withStreams('OCSPs', material.ocspResponses)),
  ]);
  const text = writtenDictionary(new Map([...catalog, ['DSS', reference(number)] as const]));
  added.push({ number, generation: 0, text: writtenDictionary(entries) });
  added.push({ number: root.number, generation: root.generation, text });
  return incrementalUpdate(pdf, added).bytes;
}

async function storeOf(pdf: PdfDocument, catalog: PdfEntries): Promise<PdfEntries> {
  const store = await pdf.resolve(catalog.get('DSS'));
  return store.kind === 'dictionary' ? store.entries : new Map();
}

function streamText(octets: Uint8Array): string {
  return `<</Length ${octets.length}>>\nstream\n${Buffer.from(octets).toString('latin1')}\nendstream`;
}
