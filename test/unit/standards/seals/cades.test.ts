import { createHash, generateKeyPairSync, verify, X509Certificate } from 'node:crypto';
import {
  type Constructed,
  fromBER,
  type ObjectIdentifier,
  type OctetString,
  type Sequence,
  type Set as SetBlock,
} from 'asn1js';
import { expect } from 'chai';
import { bytesReader } from '../../../../src/base/index.ts';
import {
  basicConstraints,
  issueCertificate,
  sealCades,
  softwareSigner,
} from '../../../../src/standards/seals/index.ts';

const signingTime = new Date('2026-11-24T12:00:00Z');

async function selfSigned() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const name = { C: 'RS', O: 'Пробна установа', CN: 'Печат' };
  const contents = {
    serialNumber: 128n,
    issuer: name,
    subject: name,
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter: new Date('2052-01-01T00:00:00Z'),
    subjectPublicKeyInfo: publicKey.export({ type: 'spki', format: 'der' }),
    extensions: [basicConstraints(false)],
  };
  const certificate = await issueCertificate(contents, softwareSigner(privateKey, [new Uint8Array()]));
  return softwareSigner(privateKey, [certificate]);
}

/** The one SignerInfo's parts, read with asn1js alone. */
function readSignerInfo(der: Uint8Array) {
  const contentInfo = fromBER(der).result as Sequence;
  const signed = (contentInfo.valueBlock.value[1] as Constructed).valueBlock.value[0] as Sequence;
  const members = signed.valueBlock.value;
  const info = ((members.at(-1) as SetBlock).valueBlock.value[0] as Sequence).valueBlock.value;
  const attributes = (info[3] as Constructed).valueBlock.value as Sequence[];
  return {
    encapsulated: members[2] as Sequence,
    attributesDer: Uint8Array.from(info[3]?.valueBeforeDecodeView ?? []),
    attributes: new Map(
      attributes.map((each) => [
        (each.valueBlock.value[0] as ObjectIdentifier).valueBlock.toString(),
        (each.valueBlock.value[1] as SetBlock).valueBlock.value[0],
      ]),
    ),
    attributeEncodings: attributes.map((each) => Buffer.from(each.valueBeforeDecodeView)),
    signature: (info[5] as OctetString).valueBlock.valueHexView,
  };
}

describe('a CAdES seal', () => {
  const content = Buffer.from('Садржај записа');
  let signer: Awaited<ReturnType<typeof selfSigned>>;
  before(async () => {
    signer = await selfSigned();
  });

  it('signs the signed attributes as a SET OF in DER', async () => {
    const info = readSignerInfo(await sealCades(bytesReader(content), signer, { detached: true, signingTime }));
    const asSet = Uint8Array.from(info.attributesDer);
    asSet[0] = 0x31;
    expect(verify('sha256', asSet, new X509Certificate(signer.chain[0]).publicKey, info.signature)).to.equal(true);
    const sorted = [...info.attributeEncodings].sort(Buffer.compare);
    expect(info.attributeEncodings.map(String)).to.deep.equal(sorted.map(String));
  });

  it('has the attributes of CAdES-BASELINE-B and no others', async () => {
    const { attributes } = readSignerInfo(
      await sealCades(bytesReader(content), signer, { detached: true, signingTime }),
    );
    expect([...attributes.keys()].sort()).to.deep.equal([
      '1.2.840.113549.1.9.16.2.47',
      '1.2.840.113549.1.9.3',
      '1.2.840.113549.1.9.4',
      '1.2.840.113549.1.9.5',
    ]);
    const messageDigest = attributes.get('1.2.840.113549.1.9.4') as OctetString;
    expect(Buffer.from(messageDigest.valueBlock.valueHexView).toString('hex')).to.equal(
      createHash('sha256').update(content).digest('hex'),
    );
  });

  it('gives the same bytes for the same input', async () => {
    const seal = () => sealCades(bytesReader(content), signer, { detached: true, signingTime });
    expect(Buffer.from(await seal()).equals(await seal())).to.equal(true);
  });

  it('holds the content unless it is detached', async () => {
    const enclosed = readSignerInfo(await sealCades(bytesReader(content), signer, { detached: false, signingTime }));
    const detached = readSignerInfo(await sealCades(bytesReader(content), signer, { detached: true, signingTime }));
    expect(Buffer.from(enclosed.encapsulated.valueBeforeDecodeView).includes(content)).to.equal(true);
    expect(detached.encapsulated.valueBlock.value).to.have.length(1);
  });

  it('asks for a time-stamp over the signature value and keeps the token as an unsigned attribute', async () => {
    let asked = '';
    const token = Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x07);
    const timestamp = async ({ value }: { value: string }) => {
      asked = value;
      return token;
    };
    const der = await sealCades(bytesReader(content), signer, { detached: true, signingTime, timestamp });
    expect(asked).to.equal(createHash('sha256').update(readSignerInfo(der).signature).digest('hex'));
    expect(Buffer.from(der).includes(Buffer.from(token))).to.equal(true);
  });
});
