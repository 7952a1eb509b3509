import { createHash, verify, X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { XmlC14NMode, XmlDocument, type XmlElement } from 'libxml2-wasm';
import { bytesReader } from '../../src/base/index.ts';
import { messageDigestOf, readSignedData, signedAttributesEncoding } from '../../src/standards/formats/cms/index.ts';
import { openPdf, readSignatureFields } from '../../src/standards/formats/pdf/index.ts';
import { readCertificate } from '../../src/standards/formats/x509/index.ts';
import { certify, sealCades, sealPades, sealXades } from '../../src/standards/seals/index.ts';
import { validateDocument } from '../../src/standards/signatures/index.ts';
import { samplePdf } from '../support/sample-pdf.ts';
import { signedCms } from '../support/signed-cms.ts';
import { toyKey } from '../support/toy-keys.ts';
import { type ToyPki, toyPki } from '../support/toy-pki.ts';

const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 40 });
const xmlPrefixes = { ds: 'http://www.w3.org/2000/09/xmldsig#', xades: 'http://uri.etsi.org/01903/v1.3.2#' };
const moment = fc.date({ min: new Date('1951-01-01'), max: new Date('9998-12-31'), noInvalidDate: true });
const wholeSecond = (date: Date) => new Date(Math.floor(date.getTime() / 1000) * 1000);

describe('the law that what is sealed is read again', () => {
  let pki: ToyPki;
  before(async () => {
    pki = await toyPki();
  });

  it('certificates: names, serial numbers and times of any kind', () =>
    fc.assert(
      fc.asyncProperty(
        text,
        text,
        fc.bigInt({ min: 0n, max: 2n ** 159n }),
        moment,
        moment,
        async (O, CN, serialNumber, notBefore, notAfter) => {
          const privateKey = toyKey('ecdsa', 'property');
          const { signer } = await certify({
            profile: 'signatures',
            subject: { O, CN },
            privateKey,
            serialNumber,
            notBefore,
            notAfter,
          });
          const read = readCertificate(signer.chain[0]);
          expect(read.serial).to.equal(serialNumber);
          expect(read.notBefore).to.deep.equal(wholeSecond(notBefore));
          expect(read.notAfter).to.deep.equal(wholeSecond(notAfter));
          const openssl = new X509Certificate(signer.chain[0]);
          expect(openssl.verify(openssl.publicKey)).to.equal(true);
          expect(Buffer.from(read.subject.der).includes(Buffer.from(CN))).to.equal(true);
        },
      ),
    ));

  it('CAdES: any content at any time, and its signature is good over what is read', () =>
    fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 300 }),
        fc.boolean(),
        moment,
        async (content, detached, signingTime) => {
          const { signer } = pki.timestampAuthority;
          const read = readSignedData(await sealCades(bytesReader(content), signer, { detached, signingTime }));
          const [info] = read.signers;
          if (!info) throw new Error('no signer');
          expect(read.content === undefined).to.equal(detached);
          if (!detached) expect(Buffer.from(read.content ?? []).equals(content)).to.equal(true);
          expect(
            Buffer.from(messageDigestOf(info) ?? []).equals(createHash('sha256').update(content).digest()),
          ).to.equal(true);
          const { publicKey } = new X509Certificate(signer.chain[0]);
          expect(
            verify('sha256', signedAttributesEncoding(info) ?? Buffer.alloc(0), publicKey, info.signature),
          ).to.equal(true);
        },
      ),
    ));

  it('PAdES: any reason and place, in PDFs of every writer, any number of times', () =>
    fc.assert(
      fc.asyncProperty(
        fc.constantFrom('pdfkit', 'pdf-lib', 'pdf-lib-table'),
        fc.array(text, { minLength: 1, maxLength: 3 }),
        async (writer, reasons) => {
          let document = await samplePdf({ writer });
          for (const reason of reasons) {
            const options = { signingTime: pki.at, reason, location: reason };
            const update = await sealPades(bytesReader(document), pki.timestampAuthority.signer, options);
            document = Buffer.concat([document, update]);
          }
          const signatures = await readSignatureFields(await openPdf(bytesReader(document)));
          expect(signatures).to.have.length(reasons.length);
        },
      ),
      { numRuns: 25 },
    ));

  it('XAdES: any name and media type, and its SignedInfo is its own canonical form', () =>
    fc.assert(
      fc.asyncProperty(text, text, fc.uint8Array({ maxLength: 50 }), async (uri, mediaType, bytes) => {
        const { signer } = await pki.signer({ key: 'ed25519', name: 'XML' });
        const content = { packaging: 'detached', files: [{ uri, mediaType, bytes }] } as const;
        const document = XmlDocument.fromBuffer(await sealXades(content, signer, { signingTime: pki.at }));
        try {
          const at = (path: string) => document.get(path, xmlPrefixes) as XmlElement;
          const mode = XmlC14NMode.XML_C14N_EXCLUSIVE_1_0;
          const signedInfo = Buffer.from(at('//ds:SignedInfo').canonicalizeToString({ mode }));
          const value = Buffer.from(at('//ds:SignatureValue').content, 'base64');
          expect(verify(null, signedInfo, new X509Certificate(signer.chain[0]).publicKey, value)).to.equal(true);
          const properties = at('//xades:SignedProperties').canonicalizeToString({ mode });
          const digest = createHash('sha512').update(properties).digest('base64');
          expect(at('//ds:Reference[2]/ds:DigestValue').content).to.equal(digest);
        } finally {
          document.dispose();
        }
      }),
    ));

  it('one flipped bit of a sealed content or of its signature never passes', () =>
    fc.assert(
      fc.asyncProperty(fc.nat(), fc.nat(7), async (place, bit) => {
        const signer = await pki.signer({ key: 'ecdsa', name: 'Flip' });
        const sealed = Uint8Array.from(await signedCms({ pki, signatures: [{ signer }] }));
        const at = place % sealed.length;
        sealed[at] = (sealed[at] ?? 0) ^ (1 << bit);
        const { signatures } = await validateDocument({
          document: bytesReader(sealed),
          name: 'flipped.p7m',
          contents: [],
          anchors: pki.anchors,
          validationTime: pki.at,
          material: { crls: [await pki.crl(), await pki.crl({ issuer: pki.root })] },
        });
        // what nobody signed may change: the order and the number of certificates, algorithm identifiers outside
        if (signatures.some(({ indication }) => indication === 'TOTAL_PASSED'))
          expect(isUnsigned(sealed, at)).to.equal(true);
      }),
      { numRuns: 150 },
    ));
});

/** Whether an octet lies in what a signature does not cover: all but the content and the SignerInfo's signed part. */
function isUnsigned(sealed: Uint8Array, at: number): boolean {
  const { content, signers } = readSignedData(sealed);
  const covered = [content, signers[0]?.signature, signers[0]?.signedAttributes?.element.bytes];
  return covered.every((bytes) => {
    const start = bytes ? bytes.byteOffset - sealed.byteOffset : -1;
    return !(bytes && bytes.buffer === sealed.buffer && at >= start && at < start + bytes.length);
  });
}
