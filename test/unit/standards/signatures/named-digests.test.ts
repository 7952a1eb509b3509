import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { bytesReader } from '../../../../src/base/index.ts';
import { namedDigests } from '../../../../src/standards/signatures/index.ts';
import { sampleContent, signedCms } from '../../../support/signed-cms.ts';
import { signedXml } from '../../../support/signed-xml.ts';
import { toyPki } from '../../../support/toy-pki.ts';

const named = (bytes: Uint8Array) => namedDigests(bytesReader(bytes));

describe('the digests that a detached signature names', () => {
  it('are those of what a CMS signs', async () => {
    const digests = await named(await signedCms({ pki: await toyPki(), packaging: 'detached', signatures: [{}, {}] }));
    const value = createHash('sha256').update(sampleContent).digest('hex');
    expect(digests).to.deep.equal([
      { algorithm: 'sha256', value },
      { algorithm: 'sha256', value },
    ]);
  });

  it('are those of what a time-stamp is over', async () => {
    const token = await (await toyPki()).timestamps()({ algorithm: 'sha512', value: 'ab'.repeat(64) });
    expect(await named(token)).to.deep.equal([{ algorithm: 'sha512', value: 'ab'.repeat(64) }]);
  });

  const files = [
    { uri: 'a.txt', mediaType: 'text/plain', bytes: Buffer.from('први') },
    { uri: 'b.txt', mediaType: 'text/plain', bytes: Buffer.from('други') },
  ];
  const sha256 = (content: Uint8Array | string) => createHash('sha256').update(content).digest('hex');

  it('are those of the files that an XML signature is over, and none of what stands in the document', async () => {
    const pki = await toyPki();
    const signer = await pki.signer({ key: 'rsa' });
    expect(await named(await signedXml({ pki, signer, packaging: 'detached', files }))).to.deep.equal(
      files.map(({ bytes }) => ({ algorithm: 'sha256', value: sha256(bytes) })),
    );
    for (const packaging of ['enveloped', 'enveloping'] as const)
      expect(await named(await signedXml({ pki, signer, packaging }))).to.deep.equal([]);
  });

  it('are those of a manifest, and none of files that are transformed first', async () => {
    const reference = (uri: string, content: string, transforms = '') =>
      `<Reference${uri}>${transforms}<DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>` +
      `<DigestValue>${createHash('sha256').update(content).digest('base64')}</DigestValue></Reference>`;
    const transforms = '<Transforms><Transform Algorithm="http://www.w3.org/2006/12/xml-c14n11"/></Transforms>';
    const document =
      '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo>' +
      `${reference(' URI="#m"', 'm')}${reference('', 'без имена')}</SignedInfo><Object><Manifest Id="m">` +
      `${reference(' URI="a"', 'а')}${reference(' URI="b"', 'б', transforms)}</Manifest></Object></Signature>`;
    expect((await named(Buffer.from(document))).map(({ value }) => value)).to.deep.equal([
      sha256('без имена'),
      sha256('а'),
    ]);
  });

  it('are those that a JWS says are of files as they are', async () => {
    const header = (b64: object) => ({
      alg: 'ES256',
      ...b64,
      sigD: {
        mId: 'http://uri.etsi.org/19182/ObjectIdByURIHash',
        pars: ['a.txt'],
        hashM: 'S512',
        hashV: [createHash('sha512').update('први').digest('base64url')],
      },
    });
    const jws = (text: object) => Buffer.from(`${Buffer.from(JSON.stringify(text)).toString('base64url')}..AAAA`);
    expect(await named(jws(header({ b64: false })))).to.deep.equal([
      { algorithm: 'sha512', value: createHash('sha512').update('први').digest('hex') },
    ]);
    expect(await named(jws(header({})))).to.deep.equal([]);
    expect(await named(jws({ alg: 'ES256' }))).to.deep.equal([]);
  });

  it('are none in other documents, and in broken ones', async () => {
    for (const bytes of ['%PDF-1.7', '<a/>', '', '0\u0003\u0002\u0001'])
      expect(await named(Buffer.from(bytes, 'latin1'))).to.deep.equal([]);
  });
});
