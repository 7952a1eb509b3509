import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { bytesReader } from '../../../../src/base/index.ts';
import { octetString, oid, sequence } from '../../../../src/standards/formats/der/index.ts';
import { digestIdentifier } from '../../../../src/standards/seals/signature-algorithm.ts';
import {
  attribute,
  baselineAttributes,
  cmsOids,
  contentDigest,
  signedData,
  signerInfo,
} from '../../../../src/standards/seals/signed-data.ts';
import { validateDocument } from '../../../../src/standards/signatures/index.ts';
import { signedAtLevel } from '../../../support/signed-levels.ts';
import { signedXml } from '../../../support/signed-xml.ts';
import { type ToyPki, toyPki } from '../../../support/toy-pki.ts';

const policy = Buffer.from('Политика потписивања, верзија 1');
const other = Buffer.from('Политика потписивања, верзија 2');
const sha256 = (octets: Uint8Array) => createHash('sha256').update(octets).digest();
const id = '1.2.3.4';

describe('the signature policy that a signature names', () => {
  let pki: ToyPki;
  before(async () => {
    pki = await toyPki();
  });

  async function told(document: Uint8Array, signaturePolicies: readonly Uint8Array[] = []) {
    const report = await validateDocument({
      document: bytesReader(document),
      name: 'a',
      contents: [],
      anchors: pki.anchors,
      material: { crls: [await pki.crl(), await pki.crl({ issuer: pki.root })] },
      validationTime: pki.at,
      signaturePolicies,
    });
    return report.signatures[0];
  }

  async function cades(hash: Uint8Array, stored?: Uint8Array) {
    const { signer } = await pki.signer({ key: 'rsa' });
    const content = Buffer.from('садржај');
    const named = sequence(oid(id), sequence(digestIdentifier('sha256'), octetString(hash)));
    const store = stored && attribute('0.4.0.19122.1.3', sequence(oid('1.2.3'), octetString(stored)));
    const info = await signerInfo(
      signer,
      [
        ...baselineAttributes(cmsOids.data, contentDigest(signer, content), signer),
        attribute('1.2.840.113549.1.9.16.2.15', named),
      ],
      store && (async () => [store]),
    );
    return signedData({
      contentType: cmsOids.data,
      content,
      digestIdentifiers: [digestIdentifier(signer.algorithm.digest)],
      certificates: signer.chain,
      signerInfos: [info],
    });
  }

  it('in CAdES is compared with the document that is stored, or handed in', async () => {
    const expectTold = async (document: Uint8Array, given: readonly Uint8Array[], digest: string) => {
      const signature = await told(document, given);
      expect(signature?.signaturePolicy).to.deep.equal({ id, digest });
      return signature?.indication;
    };
    const bare = await cades(sha256(policy));
    const verdicts = [
      await expectTold(bare, [], 'NOT_AVAILABLE'),
      await expectTold(bare, [other], 'NOT_AVAILABLE'),
      await expectTold(bare, [other, policy], 'MATCHES'),
      await expectTold(await cades(sha256(policy), policy), [], 'MATCHES'),
      await expectTold(await cades(sha256(policy), other), [policy], 'DIFFERS'),
      await expectTold(await cades(new Uint8Array(32)), [policy], 'NOT_NAMED'),
    ];
    expect(new Set(verdicts).size).to.equal(1); // whatever comes out of it
  });

  it('in ASN.1 is hashed without the hash that it holds of itself', async () => {
    const [algorithm, information] = [digestIdentifier('sha256'), sequence(oid('1.2.3'))];
    const hash = sha256(Buffer.concat([algorithm, information]));
    const document = sequence(algorithm, information, octetString(hash));
    expect((await told(await cades(hash, document)))?.signaturePolicy?.digest).to.equal('MATCHES');
    expect((await told(await cades(sha256(document), document)))?.signaturePolicy?.digest).to.equal('MATCHES');
    expect((await told(await cades(sha256(information), document)))?.signaturePolicy?.digest).to.equal('DIFFERS');
  });

  it('in XAdES is compared likewise', async () => {
    const signed = Buffer.from(await signedXml({ pki, timestamp: true })).toString('utf8');
    const named = (transforms = '') =>
      '<xades:SignaturePolicyIdentifier><xades:SignaturePolicyId><xades:SigPolicyId><xades:Identifier>urn:oid:1.2.3.4' +
      `</xades:Identifier></xades:SigPolicyId>${transforms}<xades:SigPolicyHash>` +
      '<ds:DigestMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>' +
      `<ds:DigestValue xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${sha256(policy).toString('base64')}</ds:DigestValue>` +
      '</xades:SigPolicyHash></xades:SignaturePolicyId></xades:SignaturePolicyIdentifier>';
    const store = (octets: Uint8Array) =>
      '<x:SignaturePolicyStore xmlns:x="http://uri.etsi.org/01903/v1.4.1#"><x:SignaturePolicyDocument>' +
      `${Buffer.from(octets).toString('base64')}</x:SignaturePolicyDocument></x:SignaturePolicyStore>`;
    const withPolicy = (identifier: string, stored = '') =>
      Buffer.from(
        signed
          .replace('</xades:SigningTime>', `</xades:SigningTime>${identifier}`)
          .replace('</xades:UnsignedSignatureProperties>', `${stored}</xades:UnsignedSignatureProperties>`),
      );
    const digestOf = async (document: Uint8Array, given?: readonly Uint8Array[]) =>
      (await told(document, given))?.signaturePolicy;
    expect(await digestOf(withPolicy(named()))).to.deep.equal({ id: 'urn:oid:1.2.3.4', digest: 'NOT_AVAILABLE' });
    expect((await digestOf(withPolicy(named()), [policy]))?.digest).to.equal('MATCHES');
    expect((await digestOf(withPolicy(named(), store(policy))))?.digest).to.equal('MATCHES');
    expect((await digestOf(withPolicy(named(), store(other))))?.digest).to.equal('DIFFERS');
    const transforms = '<ds:Transforms xmlns:ds="http://www.w3.org/2000/09/xmldsig#"/>';
    expect((await digestOf(withPolicy(named(transforms)), [policy]))?.digest).to.equal('NOT_NAMED');
    expect(await digestOf(Buffer.from(signed))).to.equal(undefined);
  });

  it('in JAdES is compared likewise', async () => {
    const { document } = await signedAtLevel('JAdES', 'B', {
      pki,
      signer: await pki.signer(),
      signingTime: pki.at,
      signatureTimestamp: pki.timestamps(),
      archiveTimestamp: pki.timestamps(),
      material: { certificates: [], crls: [], ocspResponses: [] },
    });
    const jws = JSON.parse(Buffer.from(document).toString('utf8'));
    const header = JSON.parse(Buffer.from(jws.protected, 'base64url').toString('utf8'));
    const digVal = sha256(policy).toString('base64url');
    const sigPId = { id: { id: 'urn:oid:1.2.3.4' }, digAlg: 'S256', digVal };
    const written = (components: readonly object[] = []) =>
      Buffer.from(
        JSON.stringify({
          ...jws,
          protected: Buffer.from(JSON.stringify({ ...header, sigPId })).toString('base64url'),
          ...(components.length > 0 ? { header: { etsiU: components } } : {}),
        }),
      );
    const store = (octets: Uint8Array) => ({ sigPSt: { sigPolDoc: Buffer.from(octets).toString('base64') } });
    const digestOf = async (bytes: Uint8Array, given?: readonly Uint8Array[]) =>
      (await told(bytes, given))?.signaturePolicy;
    expect(await digestOf(written())).to.deep.equal({ id: 'urn:oid:1.2.3.4', digest: 'NOT_AVAILABLE' });
    expect((await digestOf(written(), [policy]))?.digest).to.equal('MATCHES');
    expect((await digestOf(written([store(policy)])))?.digest).to.equal('MATCHES');
    expect((await digestOf(written([store(other)])))?.digest).to.equal('DIFFERS');
  });
});
