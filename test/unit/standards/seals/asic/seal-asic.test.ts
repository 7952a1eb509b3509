import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { bytesReader, readWhole } from '../../../../../src/base/index.ts';
import { messageDigestOf, readSignedData } from '../../../../../src/standards/formats/cms/index.ts';
import { openZipEntry, readZip } from '../../../../../src/standards/formats/zip/index.ts';
import { sealAsic } from '../../../../../src/standards/seals/index.ts';
import { asicContainer } from '../../../../support/asic-container.ts';
import { type ToyPki, toyPki } from '../../../../support/toy-pki.ts';

async function entriesOf(container: Uint8Array): Promise<Map<string, Buffer>> {
  const reader = bytesReader(container);
  const entries = new Map<string, Buffer>();
  for (const entry of await readZip(reader))
    entries.set(entry.path, Buffer.from(await readWhole(await openZipEntry(reader, entry), 1 << 20)));
  return entries;
}

const sha256 = (bytes: Uint8Array | undefined) =>
  createHash('sha256')
    .update(bytes ?? '')
    .digest();

describe('a sealed container', () => {
  let pki: ToyPki;
  before(async () => {
    pki = await toyPki();
  });

  for (const form of ['ASiC-S', 'ASiC-E'] as const)
    for (const signature of ['CAdES', 'XAdES'] as const)
      it(`${form} with ${signature} starts with its media type, stored, at the 38th octet`, async () => {
        const container = Buffer.from(await asicContainer({ pki, form, signature }));
        const expected = `application/vnd.etsi.${form.toLowerCase()}+zip`;
        expect(container.subarray(30, 38).toString()).to.equal('mimetype');
        expect(container.subarray(38, 38 + expected.length).toString()).to.equal(expected);
        expect(container.readUInt16LE(8)).to.equal(0);
      });

  it('ASiC-S: the signature is over the one file', async () => {
    const entries = await entriesOf(await asicContainer({ pki, form: 'ASiC-S' }));
    const [signer] = readSignedData(entries.get('META-INF/signature.p7s') ?? Buffer.alloc(0)).signers;
    expect(signer && sha256(entries.get('уговор.txt')).equals(messageDigestOf(signer) ?? Buffer.alloc(0))).to.equal(
      true,
    );
  });

  it('ASiC-E: the signature is over the manifest, which has the digest of every file under its encoded name', async () => {
    const entries = await entriesOf(await asicContainer({ pki }));
    const manifest = entries.get('META-INF/ASiCManifest001.xml');
    const [signer] = readSignedData(entries.get('META-INF/signature001.p7s') ?? Buffer.alloc(0)).signers;
    expect(signer && sha256(manifest).equals(messageDigestOf(signer) ?? Buffer.alloc(0))).to.equal(true);
    for (const name of ['уговор.txt', 'prilog 1.txt']) {
      expect(manifest?.toString()).to.contain(`URI="${encodeURIComponent(name)}"`);
      expect(manifest?.toString()).to.contain(`>${sha256(entries.get(name)).toString('base64')}<`);
    }
  });

  it('is the same bytes for the same files, signer and time', async () => {
    const signer = await pki.signer({ key: 'rsa', name: 'Always the same' });
    const once = await asicContainer({ pki, signer, signature: 'XAdES' });
    expect(Buffer.from(once).equals(await asicContainer({ pki, signer, signature: 'XAdES' }))).to.equal(true);
  });

  it('ASiC-S refuses to hold more than one file, or none', async () => {
    const { signer } = await pki.signer();
    const file = { name: 'a', bytes: new Uint8Array() };
    for (const files of [[], [file, { ...file, name: 'b' }]]) {
      const options = { form: 'ASiC-S', signature: 'CAdES', signingTime: pki.at } as const;
      const error = await sealAsic(files, signer, options).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(RangeError);
    }
  });
});
