import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import { expect } from 'chai';
import { bytesReader } from '../../../../../src/base/index.ts';
import { hasActiveContent, openPdf } from '../../../../../src/standards/formats/pdf/index.ts';
import { samplePdf } from '../../../../support/sample-pdf.ts';

describe('active content of PDFs', () => {
  const judge = async (bytes: Uint8Array) => hasActiveContent(await openPdf(bytesReader(bytes)));

  it('is not found in documents that have none, however they are written', async () => {
    for (const writer of ['pdfkit', 'pdf-lib', 'pdf-lib-table'] as const)
      expect(await judge(await samplePdf({ writer })), writer).to.equal(false);
  });

  for (const useObjectStreams of [true, false])
    for (const place of ['opening', 'annotation', 'name tree', 'chained', 'submit', 'XFA'])
      it(`is found (${place}, ${useObjectStreams ? 'in object streams' : 'plain'})`, async () => {
        const pdf = await PDFDocument.create();
        const page = pdf.addPage();
        const { context, catalog } = pdf;
        const script = context.register(context.obj({ S: 'JavaScript', JS: PDFString.of('app.alert(1)') }));
        if (place === 'opening') catalog.set(PDFName.of('OpenAction'), script);
        if (place === 'annotation')
          page.node.set(PDFName.of('Annots'), context.obj([{ Type: 'Annot', Subtype: 'Link', A: script }]));
        if (place === 'name tree')
          catalog.set(PDFName.of('Names'), context.obj({ JavaScript: { Names: [PDFString.of('a'), script] } }));
        if (place === 'chained') catalog.set(PDFName.of('OpenAction'), context.obj({ S: 'GoTo', Next: [script] }));
        if (place === 'submit')
          page.node.set(PDFName.of('AA'), context.obj({ O: { S: 'SubmitForm', F: PDFString.of('http://x') } }));
        if (place === 'XFA') catalog.set(PDFName.of('AcroForm'), context.obj({ XFA: PDFString.of('x') }));
        expect(await judge(await pdf.save({ useObjectStreams }))).to.equal(true);
      });
});
