import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { bytesReader, FormatError } from '../../../../../src/base/index.ts';
import { messageDigestOf, readSignedData, signedAttributesOf } from '../../../../../src/standards/formats/cms/index.ts';
import { sealPades, type TimestampSource } from '../../../../../src/standards/seals/index.ts';
import { type PdfWriter, samplePdf } from '../../../../support/sample-pdf.ts';
import { type ToyPki, toyPki } from '../../../../support/toy-pki.ts';

/** The signatures of a document, found by their text alone. */
function signaturesOf(document: Uint8Array) {
  const text = Buffer.from(document).toString('latin1');
  return [...text.matchAll(/\/ByteRange \[(\d+) (\d+) (\d+) (\d+)\] *\/Contents <([0-9A-F]*)>/g)].map((found) => {
    const [first = 0, firstLength = 0, second = 0, secondLength = 0] = found.slice(1, 5).map(Number);
    const covered = [text.slice(first, first + firstLength), text.slice(second, second + secondLength)];
    const room = (found[5]?.length ?? 0) / 2;
    return {
      covered,
      gap: text.slice(firstLength, second),
      end: second + secondLength,
      room,
      contents: found[5] ?? '',
    };
  });
}

const signedDataOf = (contents: string) => readSignedData(Buffer.from(contents, 'hex'));

describe('a PAdES seal', () => {
  let pki: ToyPki;
  before(async () => {
    pki = await toyPki();
  });
  const seal = async (
    document: Uint8Array,
    key: 'rsa' | 'ecdsa' = 'rsa',
    more: { timestamp?: TimestampSource } = {},
  ) => {
    const { signer } = await pki.signer({ key, name: `Signer ${key}`, notBefore: pki.at });
    return Buffer.concat([document, await sealPades(bytesReader(document), signer, { signingTime: pki.at, ...more })]);
  };

  for (const writer of ['pdfkit', 'pdf-lib', 'pdf-lib-table'] as PdfWriter[]) {
    it(`covers all of what ${writer} wrote and of the update but its own Contents`, async () => {
      const document = await samplePdf({ writer });
      const sealed = await seal(document);
      const [signature] = signaturesOf(sealed);
      expect(sealed.subarray(0, document.length).equals(document)).to.equal(true);
      expect(signature?.gap).to.equal(`<${signature?.contents}>`);
      expect(signature?.end).to.equal(sealed.length);
      const digest = createHash('sha256')
        .update(Buffer.from(signature?.covered.join('') ?? '', 'latin1'))
        .digest('hex');
      const [signer] = signedDataOf(signature?.contents ?? '').signers;
      expect(signer && Buffer.from(messageDigestOf(signer) ?? []).toString('hex')).to.equal(digest);
    });
  }

  it('has no signing-time attribute, which PAdES keeps in the dictionary, unless it is of the older kind', async () => {
    const document = await samplePdf();
    const { signer } = await pki.signer();
    for (const subFilter of ['ETSI.CAdES.detached', 'adbe.pkcs7.detached'] as const) {
      const update = await sealPades(bytesReader(document), signer, { signingTime: pki.at, subFilter });
      expect(Buffer.from(update).toString('latin1'))
        .to.contain(`/SubFilter /${subFilter}`)
        .and.contain('(D:20261124120000Z)');
      const [info] = signedDataOf(signaturesOf(Buffer.concat([document, update]))[0]?.contents ?? '').signers;
      const times = info ? signedAttributesOf(info, '1.2.840.113549.1.9.5') : [];
      expect(times).to.have.length(subFilter === 'adbe.pkcs7.detached' ? 1 : 0);
    }
  });

  it('leaves exactly the room that an RSA signature takes, and at most a few octets more for ECDSA', async () => {
    const document = await samplePdf();
    for (const [key, most] of [
      ['rsa', 0],
      ['ecdsa', 48],
    ] as const) {
      const [signature] = signaturesOf(await seal(document, key));
      const length = signedDataOf(signature?.contents ?? '').parts.contentInfo.bytes.length;
      expect((signature?.room ?? 0) - length).to.be.within(0, most);
    }
  });

  it('is made again with the room it needs when a time-stamp is larger than usual', async () => {
    let asked = 0;
    const timestamp: TimestampSource = async (digest) => {
      asked += 1;
      const token = await pki.timestamps()(digest);
      return Buffer.concat([
        Uint8Array.of(0x30, 0x82, (token.length + 20000) >> 8, (token.length + 20000) & 0xff),
        token,
        Buffer.from([0x04, 0x82, 0x4e, 0x1c]),
        Buffer.alloc(19996),
      ]);
    };
    const [signature] = signaturesOf(await seal(await samplePdf(), 'rsa', { timestamp }));
    expect(asked).to.equal(2);
    expect(signedDataOf(signature?.contents ?? '').signers[0]?.unsignedAttributes).to.have.length(1);
    expect(signature?.room).to.be.greaterThan(20000);
  });

  it('is the same bytes for the same document, signer and time', async () => {
    const document = await samplePdf();
    const { signer } = await pki.signer({ key: 'rsa', name: 'Always the same' });
    const update = () => sealPades(bytesReader(document), signer, { signingTime: pki.at });
    expect(Buffer.from(await update()).equals(await update())).to.equal(true);
  });

  it('goes on top of another seal without touching what that one covers', async () => {
    const once = await seal(await samplePdf({ writer: 'pdf-lib' }));
    const twice = await seal(once, 'ecdsa');
    expect(twice.subarray(0, once.length).equals(once)).to.equal(true);
    const [first, second] = signaturesOf(twice);
    expect(first?.end).to.equal(once.length);
    expect(second?.end).to.equal(twice.length);
    expect(twice.toString('latin1').match(/\/T <FEFF[0-9A-F]+>/g)).to.have.length(2);
  });

  it('refuses what is no PDF, what is broken off and what is encrypted', async () => {
    const document = Buffer.from(await samplePdf());
    const encrypted = Buffer.from(
      document.toString('latin1').replace('trailer\n<<', 'trailer\n<<\n/Encrypt << >>'),
      'latin1',
    );
    for (const bad of [Buffer.from('no PDF'), document.subarray(0, document.length - 300), encrypted]) {
      const error = await seal(bad).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).to.be.instanceOf(FormatError);
    }
  });

  it('lets through what signer and time-stamp source throw', async () => {
    const timestamp = () => Promise.reject(new Error('the authority is away'));
    const error = await seal(await samplePdf(), 'rsa', { timestamp }).catch((thrown: Error) => thrown);
    expect((error as Error).message).to.equal('the authority is away');
  });
});
