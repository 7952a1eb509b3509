import { createHash, verify, X509Certificate } from 'node:crypto';
import { expect } from 'chai';
import { XmlC14NMode, XmlDocument, type XmlElement } from 'libxml2-wasm';
import { sampleXml, signedXml } from '../../../../support/signed-xml.ts';
import { type ToyPki, toyPki } from '../../../../support/toy-pki.ts';

const prefixes = { ds: 'http://www.w3.org/2000/09/xmldsig#', xades: 'http://uri.etsi.org/01903/v1.3.2#' };

/** Looks into a signature with libxml2: texts, and the exclusive canonical form of elements where they stand. */
async function inspect<Result>(
  signed: Uint8Array,
  look: (at: (path: string) => { text: string; canonical: string }) => Result,
): Promise<Result> {
  const document = XmlDocument.fromBuffer(signed);
  try {
    return look((path) => {
      const found = document.get(path, prefixes) as XmlElement;
      return {
        text: found.content,
        canonical: found.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 }),
      };
    });
  } finally {
    document.dispose();
  }
}

const sha256 = (text: string | Uint8Array) => createHash('sha256').update(text).digest('base64');

describe('a XAdES seal', () => {
  let pki: ToyPki;
  before(async () => {
    pki = await toyPki();
  });

  for (const key of ['rsa', 'rsa-pss', 'ecdsa', 'ecdsa-p521', 'ed25519', 'ed448'] as const) {
    it(`is over the canonical form that libxml2 gives its SignedInfo, by ${key}`, async () => {
      const signer = await pki.signer({ key, name: `Signer ${key}` });
      const [signedInfo, value] = await inspect(await signedXml({ pki, signer }), (at) => [
        at('//ds:SignedInfo').canonical,
        at('//ds:SignatureValue').text,
      ]);
      const publicKey = new X509Certificate(signer.signer.chain[0]).publicKey;
      const { scheme, digest } = signer.signer.algorithm;
      const isGood = verify(
        scheme.startsWith('Ed') ? null : digest,
        Buffer.from(signedInfo),
        {
          key: publicKey,
          dsaEncoding: 'ieee-p1363',
          ...(scheme === 'RSASSA-PSS' ? { padding: 6, saltLength: 32 } : {}),
        },
        Buffer.from(value, 'base64'),
      );
      expect(isGood).to.equal(true);
    });
  }

  it('digests its properties in the canonical form that libxml2 gives them, whatever stands around', async () => {
    for (const packaging of ['enveloped', 'enveloping'] as const) {
      const [properties, digest] = await inspect(await signedXml({ pki, packaging }), (at) => [
        at('//xades:SignedProperties').canonical,
        at('//ds:Reference[2]/ds:DigestValue').text,
      ]);
      expect(digest).to.equal(sha256(properties));
    }
  });

  it('enveloped: is the last child of the root, and the document without it is the document', async () => {
    const signed = Buffer.from(await signedXml({ pki })).toString('utf8');
    const start = signed.indexOf('<ds:Signature ');
    const end = signed.indexOf('</ds:Signature>') + '</ds:Signature>'.length;
    expect(signed.slice(0, start) + signed.slice(end)).to.equal(sampleXml);
    expect(signed.slice(end)).to.equal('</racun>\n');
  });

  it('enveloping: holds the content in base64, and digests its octets', async () => {
    const [content, digest] = await inspect(await signedXml({ pki, packaging: 'enveloping' }), (at) => [
      at('//ds:Object[@MimeType]').text,
      at('//ds:Reference[1]/ds:DigestValue').text,
    ]);
    expect(Buffer.from(content, 'base64').toString('utf8')).to.equal(sampleXml);
    expect(digest).to.equal(sha256(sampleXml));
  });

  it('asks for a time-stamp over the canonical SignatureValue', async () => {
    let asked = '';
    const timestamp: ReturnType<ToyPki['timestamps']> = (digest) => {
      asked = digest.value;
      return pki.timestamps()(digest);
    };
    const signed = await signedXml({ pki, timestamp });
    const value = await inspect(signed, (at) => at('//ds:SignatureValue').canonical);
    expect(asked).to.equal(createHash('sha256').update(value).digest('hex'));
  });

  it('is the same bytes for the same document, signer and time', async () => {
    const signer = await pki.signer({ key: 'rsa', name: 'Always the same' });
    const once = await signedXml({ pki, signer });
    expect(Buffer.from(once).equals(await signedXml({ pki, signer }))).to.equal(true);
  });
});
