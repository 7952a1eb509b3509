import { expect } from 'chai';
import { bytesReader } from '../../../../../src/base/index.ts';
import { openPdf } from '../../../../../src/standards/formats/pdf/index.ts';
import { laterModifications } from '../../../../../src/standards/signatures/containers/pdf-modifications.ts';

const objects = [
  '<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>',
  '<</Type/Pages/Kids[3 0 R]/Count 1>>',
  '<</Type/Page/Parent 2 0 R/Annots[4 0 R]/Contents 5 0 R>>',
  '<</Type/Annot/Subtype/Widget/FT/Tx/T(ime)/V(nista)>>',
  '<</Length 4>>\nstream\nstar\nendstream',
  '<</Type/Annot/Subtype/Widget/FT/Sig>>',
  '<</Something/Else>>',
];

/** The objects that `changes` names, each in its new form, with a cross-reference table and a trailer after them. */
function update(before: Buffer, changes: Readonly<Record<number, string>>): Buffer {
  let document = before.length > 0 ? before : Buffer.from('%PDF-1.7\n');
  const previous = /startxref\n(\d+)\n%%EOF\n$/.exec(before.toString('latin1'))?.[1];
  let table = '';
  for (const [number, text] of Object.entries(changes)) {
    table += `${number} 1\n${String(document.length).padStart(10, '0')} 00000 n \n`;
    document = Buffer.concat([document, Buffer.from(`${number} 0 obj\n${text}\nendobj\n`)]);
  }
  const prev = previous ? `/Prev ${previous}` : '';
  const end = `xref\n${table}trailer\n<</Size 20/Root 1 0 R${prev}>>\nstartxref\n${document.length}\n%%EOF\n`;
  return Buffer.concat([document, Buffer.from(end)]);
}

describe('what came into a PDF after it was signed', () => {
  const signed = update(Buffer.alloc(0), Object.fromEntries(objects.map((text, index) => [index + 1, text])));

  async function codes(changes: Readonly<Record<number, string>>, docMdp?: number) {
    const document = await openPdf(bytesReader(update(signed, changes)));
    const notes = await laterModifications(document, signed.length, docMdp);
    return notes.map(({ code, allowed }) => (allowed === undefined ? code : `${code} ${allowed}`));
  }

  const page = '<</Type/Page/Parent 2 0 R/Annots[4 0 R 6 0 R]/Contents 5 0 R>>';

  it('may be nothing that the signed revision held', async () => {
    expect(await codes({ 8: '<</New true>>', 7: '<</Something/Else>>' })).to.deep.equal(['LATER_REVISIONS']);
    expect(await codes({ 1: objects[0]?.replace('>>>>', '>>/DSS 9 0 R>>') ?? '' })).to.deep.equal(['LATER_REVISIONS']);
  });

  for (const [what, changes, code] of [
    ['a signature', { 3: page }, 'SIGNATURES_ADDED'],
    ['a field that was filled in', { 4: '<</Type/Annot/Subtype/Widget/FT/Tx/T(ime)/V(Ana)>>' }, 'FORM_FILLED'],
    [
      'an annotation',
      { 3: page.replace('6 0 R', '8 0 R'), 8: '<</Type/Annot/Subtype/FreeText>>' },
      'ANNOTATIONS_CHANGED',
    ],
    ['an annotation that is gone', { 3: page.replace('4 0 R 6 0 R', '') }, 'ANNOTATIONS_CHANGED'],
    ['other page content', { 3: page.replace('5 0 R', '8 0 R') }, 'PAGE_CONTENT_CHANGED'],
    ['the same stream with other data', { 5: '<</Length 4>>\nstream\nnovo\nendstream' }, 'PAGE_CONTENT_CHANGED'],
    ['another page', { 2: '<</Type/Pages/Kids[3 0 R 8 0 R]/Count 2>>' }, 'PAGE_CONTENT_CHANGED'],
    ['another start of the document', { 1: '<</Type/Catalog/Pages 8 0 R>>' }, 'OTHER_OBJECTS_CHANGED'],
    ['anything else', { 7: '<</Something/New>>' }, 'OTHER_OBJECTS_CHANGED'],
  ] as const)
    it(`may be ${what}`, async () => expect(await codes(changes)).to.deep.equal(['LATER_REVISIONS', code]));

  it('is held against what a certification allows', async () => {
    const filled = { 4: '<</Type/Annot/Subtype/Widget/FT/Tx/T(ime)/V(Ana)>>' };
    expect(await codes(filled, 1)).to.deep.equal(['LATER_REVISIONS true', 'FORM_FILLED false']);
    expect(await codes(filled, 2)).to.deep.equal(['LATER_REVISIONS true', 'FORM_FILLED true']);
  });

  it('is said not to be analysed when that cannot be done', async () => {
    const document = await openPdf(bytesReader(update(signed, {})));
    const notes = await laterModifications(document, 20, undefined);
    expect(notes.map(({ code }) => code)).to.include('NOT_ANALYSED');
  });
});
