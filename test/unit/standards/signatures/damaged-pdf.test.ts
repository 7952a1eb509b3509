import { expect } from 'chai';
import { bytesReader } from '../../../../src/base/index.ts';
import { validateDocument } from '../../../../src/standards/signatures/index.ts';
import { signedPdf } from '../../../support/signed-pdf.ts';
import { type ToyPki, toyPki } from '../../../support/toy-pki.ts';

describe('a PDF whose cross-references are broken', () => {
  let pki: ToyPki;
  let whole: Buffer;
  before(async () => {
    pki = await toyPki();
    whole = Buffer.from(await signedPdf({ pki }));
  });

  const verdict = async (document: Uint8Array) => {
    const { signatures, error } = await validateDocument({
      document: bytesReader(document),
      name: 'a.pdf',
      contents: [],
      anchors: pki.anchors,
      validationTime: pki.at,
      material: { crls: [await pki.crl(), await pki.crl({ issuer: pki.root })] },
    });
    const [signature] = signatures;
    return signature ? `${signature.indication}/${signature.reasonCode}` : (error?.code ?? 'none');
  };

  it('still shows its signature, which does not pass however good it is', async () => {
    expect(await verdict(whole)).to.equal('TOTAL_PASSED/VALID');
    const tail = Buffer.from('\nstartxref\n7\n%%EOF\n');
    expect(await verdict(Buffer.concat([whole, tail]))).to.equal('INDETERMINATE/DOCUMENT_DAMAGED');
  });

  it('fails where what was signed was damaged', async () => {
    const cut = Buffer.from(
      whole.toString('latin1').replace(/startxref\s+\d+(?=\s+%%EOF\s*$)/, 'startxref\n7'),
      'latin1',
    );
    expect(await verdict(cut)).to.match(/^TOTAL_FAILED/);
  });

  it('is broken when nothing can be made of it', async () => {
    expect(await verdict(Buffer.from('%PDF-1.7\n1 0 obj <</A 1>> endobj\nstartxref\n7\n%%EOF'))).to.equal(
      'DOCUMENT_BROKEN',
    );
  });

  it('takes bounded time and memory, whatever it repeats', async () => {
    const many = Buffer.from(
      `%PDF-1.7\n${'1 0 obj<</Type/ObjStm/N 9/First 9>>stream\n'.repeat(50_000)}startxref\n7\n%%EOF`,
    );
    expect(await verdict(many)).to.equal('DOCUMENT_BROKEN');
    const different = Array.from({ length: 60_000 }, (_, number) => `${number} 0 obj<<>>endobj\n`).join('');
    expect(await verdict(Buffer.from(`%PDF-1.7\n${different}startxref\n7\n%%EOF`))).to.equal('DOCUMENT_BROKEN');
  });
});
