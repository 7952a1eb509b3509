import { expect } from 'chai';
import { bytesReader } from '../../../../../src/base/index.ts';
import { type DetachedContent, validateDocument } from '../../../../../src/standards/signatures/index.ts';
import { type SignedXmlOptions, signedXml } from '../../../../support/signed-xml.ts';
import { daysFrom } from '../../../../support/toy-certificates.ts';
import { type ToyPki, toyPki } from '../../../../support/toy-pki.ts';

const files = [
  { name: 'први документ.txt', bytes: Buffer.from('први') },
  { name: 'b.txt', bytes: Buffer.from('други') },
];

describe('XML documents with XAdES', () => {
  let pki: ToyPki;
  let crls: Uint8Array[];
  before(async () => {
    pki = await toyPki();
    crls = [await pki.crl(), await pki.crl({ issuer: pki.root })];
  });

  async function validated(document: string | Uint8Array, contents: readonly DetachedContent[] = []) {
    const reader = bytesReader(Buffer.from(document));
    const request = { document: reader, name: 'a.xml', contents, anchors: pki.anchors, material: { crls } };
    const { signatures, error } = await validateDocument({ ...request, validationTime: pki.at });
    const verdicts = signatures.map(({ indication, subIndication }) => [indication, subIndication].join('/'));
    return { signatures, verdicts, error };
  }

  const sealed = async (options: Omit<SignedXmlOptions, 'pki'> = {}) =>
    Buffer.from(await signedXml({ pki, ...options })).toString('utf8');

  for (const packaging of ['enveloped', 'enveloping'] as const)
    it(`pass when ${packaging}, and say that all is signed`, async () => {
      const { verdicts, signatures } = await validated(await sealed({ packaging }));
      expect(verdicts).to.deep.equal(['TOTAL_PASSED/']);
      expect(signatures[0]).to.deep.include({ format: 'XAdES-BASELINE-B', intact: true, valid: true });
      expect(signatures[0]?.scopes.map(({ scope }) => scope)).to.deep.equal(['FULL']);
    });

  it('are found at the end of a long document', async () => {
    const document = `<a>${'<b>0123456789</b>'.repeat(20_000)}</a>`;
    expect((await validated(await sealed({ document }))).verdicts).to.deep.equal(['TOTAL_PASSED/']);
  });

  it('do not take longer by referring to much again and again', async () => {
    const reference = '<ds:Reference URI=""><ds:DigestMethod Algorithm="http://www.w3.org/2000/09/xmldsig#sha1"/>';
    const signature =
      '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:SignedInfo>' +
      '<ds:CanonicalizationMethod Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/><ds:SignatureMethod Algorithm=""/>' +
      `${`${reference}<ds:DigestValue>AA==</ds:DigestValue></ds:Reference>`.repeat(4000)}</ds:SignedInfo>` +
      '<ds:SignatureValue>AA==</ds:SignatureValue></ds:Signature>';
    const { verdicts } = await validated(`<a>${'x&amp;'.repeat(500_000)}${signature}</a>`);
    expect(verdicts).to.deep.equal(['INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND']);
  });

  it('pass by every algorithm, r and s of ECDSA side by side', async () => {
    for (const key of ['rsa', 'rsa-pss', 'ecdsa', 'ecdsa-p521', 'ed25519', 'ed448'] as const) {
      const signer = await pki.signer({ key, name: `Signer ${key}` });
      expect((await validated(await sealed({ signer }))).signatures[0]?.intact, key).to.equal(true);
    }
  });

  it('fail by a digest algorithm that nobody knows, since nothing shows that the content fits', async () => {
    const sha = /http:\/\/www\.w3\.org\/2001\/04\/xmlenc#sha(256|512)/;
    const { signatures } = await validated((await sealed()).replace(sha, 'urn:primer:digest'));
    expect(signatures[0]).to.include({ indication: 'TOTAL_FAILED', subIndication: 'HASH_FAILURE' });
    expect(signatures[0]?.reasonCode).to.equal('ALGORITHM_UNSUPPORTED');
  });

  it('are of no baseline where no reference says that it is to the signed properties', async () => {
    const { signatures } = await validated((await sealed()).replace(/ Type="[^"]*#SignedProperties"/, ''));
    expect(signatures[0]?.format).to.equal('XAdES-BES');
  });

  it('take their time and level from a time-stamp', async () => {
    const timestamp = pki.timestamps({ at: daysFrom(pki.at, -10) });
    const { signatures } = await validated(await sealed({ timestamp }));
    expect(signatures[0]).to.deep.include({ bestSignatureTime: '2026-11-14T12:00:00Z', indication: 'TOTAL_PASSED' });
    expect(signatures[0]?.format).to.match(/^XAdES-BASELINE-(T|LT)$/);
    expect(signatures[0]?.timestamps[0]).to.include({ type: 'SIGNATURE_TIMESTAMP', imprintIntact: true });
  });

  const bare = (document: string, keyInfo = '') =>
    document.replace(/<ds:KeyInfo[^>]*>.*<\/ds:KeyInfo>/s, `<ds:KeyInfo>${keyInfo}</ds:KeyInfo>`);
  const keyValue = '<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>AQAB</ds:Modulus></ds:RSAKeyValue></ds:KeyValue>';

  it('pass when they bring a key alone and name a certificate that is handed in, or trusted', async () => {
    const signer = await pki.signer();
    const document = bare(await sealed({ signer }), keyValue);
    const request = {
      document: bytesReader(Buffer.from(document)),
      name: 'a.xml',
      contents: [],
      validationTime: pki.at,
    };
    const [certificate] = signer.signer.chain;
    const given = { certificates: [...signer.signer.chain], crls };
    for (const [anchors, material] of [
      [pki.anchors, given],
      [[certificate], {}],
    ] as const) {
      const { signatures } = await validateDocument({ ...request, anchors, material });
      expect(signatures[0]).to.include({ indication: 'TOTAL_PASSED', intact: true });
    }
    const { verdicts } = await validated(document);
    expect(verdicts).to.deep.equal(['INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND']);
  });

  it('do not pass by a trusted certificate that they do not name', async () => {
    const [signer, other] = [await pki.signer(), await pki.signer({ name: 'Neko drugi' })];
    const request = { name: 'a.xml', contents: [], validationTime: pki.at };
    const document = bytesReader(Buffer.from(bare(await sealed({ signer }), keyValue)));
    const anchors = [other.signer.chain[0]];
    const { signatures } = await validateDocument({ ...request, document, anchors });
    expect(signatures[0]).to.include({ subIndication: 'NO_SIGNING_CERTIFICATE_FOUND' });
  });

  describe('whose qualifying properties stand elsewhere', () => {
    const files = [{ uri: 'b.txt', bytes: Buffer.from('други'), mediaType: 'text/plain' }];
    const contents = [{ name: 'b.txt', reader: bytesReader(Buffer.from('други')) }];
    /** The properties beside the signature, and what stands in the object in their place. */
    const moved = async (uri: string, change = (properties: string) => properties) => {
      const document = await sealed({ packaging: 'detached', files });
      const [, opening = '', rest = ''] =
        /<xades:QualifyingProperties(.*?)>(.*<\/xades:QualifyingProperties>)/s.exec(document) ?? [];
      const properties = `<xades:QualifyingProperties${opening}>${rest}`;
      const apart = change(
        properties.replace('<xades:QualifyingProperties', '<xades:QualifyingProperties Id="svojstva"'),
      );
      const reference = `<xades:QualifyingPropertiesReference xmlns:xades="http://uri.etsi.org/01903/v1.3.2#" URI="${uri}"/>`;
      return `<w>${document.replace(/^<\?xml.*?\?>\s*/, '').replace(properties, reference)}${apart}</w>`;
    };

    it('in the document are those that the reference leads to', async () => {
      const { signatures, verdicts } = await validated(await moved('#svojstva'), contents);
      expect(verdicts).to.deep.equal(['TOTAL_PASSED/']);
      expect(signatures[0]?.claimedSigningTime).to.equal('2026-11-24T12:00:00Z');
    });

    it('in the document fail when they are of another signature, twice, or not there', async () => {
      const broken = ['TOTAL_FAILED/FORMAT_FAILURE'];
      const another = (properties: string) => properties.replace(/Target="[^"]*"/, 'Target="#drugi"');
      expect((await validated(await moved('#svojstva', another), contents)).verdicts).to.deep.equal(broken);
      expect((await validated(await moved('#svojstva', (one) => one + one), contents)).verdicts).to.deep.equal(broken);
      expect((await validated(await moved('#nema'), contents)).verdicts).to.deep.equal(broken);
    });

    it('outside of the document are not read, and the signature does not pass', async () => {
      for (const keep of [(one: string) => one, () => '']) {
        const { signatures } = await validated(await moved('https://primer.invalid/svojstva.xml', keep), contents);
        expect(signatures[0]?.indication).to.not.equal('TOTAL_PASSED');
      }
    });
  });

  describe('with a time-stamp whose Include elements name what it is over', () => {
    const included = async (...uris: string[]) => {
      const document = await sealed({ timestamp: true });
      const [, value = ''] = /<ds:SignatureValue[^>]* Id="([^"]*)"/.exec(document) ?? [];
      const includes = uris.map((uri) => `<xades:Include URI="${uri.replace('VALUE', value)}"/>`).join('');
      return (await validated(document.replace(/(<xades:SignatureTimeStamp[^>]*>)/, `$1${includes}`))).signatures[0];
    };

    it('is over them', async () => {
      expect((await included('#VALUE'))?.timestamps[0]).to.include({ imprintFound: true, imprintIntact: true });
      expect((await included('#VALUE', '#VALUE'))?.timestamps[0]).to.include({ imprintIntact: false });
    });

    it('proves nothing when what its kind is over is not among them, or they name nothing', async () => {
      const other = (await sealed({ timestamp: true })).match(/<xades:SignedProperties[^>]* Id="([^"]*)"/)?.[1];
      for (const uri of [`#${other}`, '#nema', 'https://primer.invalid/#VALUE', ''])
        expect((await included(uri))?.timestamps[0]?.imprintIntact, uri).to.equal(false);
    });
  });

  it('are over files given beside them by name', async () => {
    const document = await sealed({
      packaging: 'detached',
      files: files.map(({ name, bytes }) => ({ uri: encodeURIComponent(name), mediaType: 'text/plain', bytes })),
    });
    const given = files.map(({ name, bytes }) => ({ name, reader: bytesReader(bytes) }));
    expect((await validated(document, given)).verdicts).to.deep.equal(['TOTAL_PASSED/']);
    expect((await validated(document)).verdicts).to.deep.equal(['INDETERMINATE/SIGNED_DATA_NOT_FOUND']);
    const changed = [...given.slice(1), { name: files[0]?.name ?? '', reader: bytesReader(Buffer.from('други')) }];
    expect((await validated(document, changed)).verdicts).to.deep.equal(['TOTAL_FAILED/HASH_FAILURE']);
  });

  const faults = {
    'changed-content': 'TOTAL_FAILED/HASH_FAILURE',
    'changed-properties': 'TOTAL_FAILED/HASH_FAILURE',
    'changed-signature': 'TOTAL_FAILED/SIG_CRYPTO_FAILURE',
  } as const;
  for (const [fault, verdict] of Object.entries(faults))
    it(`are ${verdict} with the fault ${fault}`, async () => {
      const document = await sealed({ fault: fault as keyof typeof faults });
      expect((await validated(document)).verdicts).to.deep.equal([verdict]);
    });

  describe('made to mean something else', () => {
    /** One edit each of a good signature, none of which touches what its value is over. */
    const edits: Readonly<Record<string, (document: string) => string>> = {
      'a second SignedInfo': (text) =>
        text.replace('<ds:SignatureValue', '<ds:SignedInfo></ds:SignedInfo><ds:SignatureValue'),
      'a second element with the Id of the properties': (text) => {
        const id = /<xades:SignedProperties[^>]* Id="([^"]+)"/.exec(text)?.[1] ?? '';
        return text.replace('</ds:Signature>', `<ds:Object><x Id="${id}"></x></ds:Object></ds:Signature>`);
      },
      'second qualifying properties, first': (text) =>
        text.replace(
          /<ds:Object[^>]*><xades:Q/,
          '<ds:Object><xades:QualifyingProperties xmlns:xades="http://uri.etsi.org/01903/v1.3.2#"/></ds:Object>$&',
        ),
      'the properties moved out of their place': (text) =>
        text
          .replace('<xades:SignedProperties', '<w><xades:SignedProperties')
          .replace('</xades:SignedProperties>', '</xades:SignedProperties></w>'),
      'the enclosed object moved into another': (text) =>
        text
          .replace(/<ds:Object( Id="[^"]*"[^>]*)>/, '<ds:Object><w><ds:Object$1>')
          .replace(/<\/ds:Object><\/ds:Signature>/, '</ds:Object></w></ds:Object></ds:Signature>'),
      'a document type': (text) => `<!DOCTYPE ds:Signature [<!ATTLIST ds:Object a CDATA "b">]>${text}`,
    };
    for (const [name, edit] of Object.entries(edits))
      it(`by ${name} do not pass`, async () => {
        const document = await sealed({ packaging: 'enveloping' });
        const edited = edit(document);
        expect(edited).not.to.equal(document);
        const { verdicts, error } = await validated(edited);
        expect(verdicts.join(), JSON.stringify(verdicts)).not.to.contain('TOTAL_PASSED');
        expect(verdicts.length > 0 || error?.code === 'DOCUMENT_BROKEN').to.equal(true);
      });

    it('by another root around what was signed whole do not pass', async () => {
      const { verdicts } = await validated(`<other>${(await sealed()).replace(/^<\?xml[^>]*\?>/, '')}</other>`);
      expect(verdicts).to.deep.equal(['TOTAL_FAILED/HASH_FAILURE']);
    });

    it('by being copied beside other content pass only with what they say is signed', async () => {
      const { verdicts, signatures } = await validated(
        `<other><fake/>${await sealed({ packaging: 'enveloping' })}</other>`,
      );
      expect(verdicts).to.deep.equal(['TOTAL_PASSED/']);
      expect(signatures[0]?.scopes.map(({ name }) => name).join()).not.to.contain('document');
    });
  });

  it('that are no XAdES do not pass, whatever their value is', async () => {
    const { verdicts } = await validated('<a><ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/></a>');
    expect(verdicts).to.deep.equal(['TOTAL_FAILED/FORMAT_FAILURE']);
  });
});
