import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openSigningKey } from '../../../../../src/archive/trust-services/index.ts';
import { ArchiveError, bytesReader } from '../../../../../src/base/index.ts';
import { sealCades } from '../../../../../src/standards/seals/index.ts';
import { validateDocument } from '../../../../../src/standards/signatures/index.ts';
import { emptyFolder } from '../../../../support/folders.ts';
import { type NodeKeyKind, toyKey } from '../../../../support/toy-keys.ts';
import { type ToyPki, toyPki } from '../../../../support/toy-pki.ts';

/** How programs of different years protect such a file. */
const protections: Record<string, readonly string[]> = {
  'AES (openssl 3)': [],
  '3DES (Windows)': ['-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'],
  'RC2 and 3DES (openssl 1, Java 8)': ['-legacy'],
  'nothing but a MAC': ['-keypbe', 'NONE', '-certpbe', 'NONE'],
};

describe('a key in a PKCS#12 file', () => {
  const folder = emptyFolder();
  const password = 'Šifra 12';
  let pki: ToyPki;
  before(async () => {
    pki = await toyPki();
  });

  const pem = (der: Uint8Array) => new X509Certificate(der).toString();
  const write = async (kind: NodeKeyKind, protection: readonly string[], withIssuers = true) => {
    const name = `Фајл ${kind}`;
    const { signer } = await pki.signer({ key: kind, name });
    const issuers = withIssuers ? [pki.root, pki.intermediate].map((each) => pem(each.signer.chain[0])) : [];
    const key = toyKey(kind, `Igračka PKI ${name}`).export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(join(folder, 'in.pem'), [key, pem(signer.chain[0]), ...issuers].join(''));
    const given = ['pkcs12', '-export', '-in', 'in.pem', '-out', 'key.p12', '-passout', 'env:PASSWORD', ...protection];
    execFileSync('openssl', given, { cwd: folder, env: { ...process.env, PASSWORD: password }, stdio: 'pipe' });
    return join(folder, 'key.p12');
  };
  const open = (file: string, pin = password, certificates: readonly Uint8Array[] = []) =>
    openSigningKey({ kind: 'pkcs12', file, pin: async () => pin, certificates }, () => pki.at);
  const refusal = async (file: string, pin?: string) => {
    const error = await open(file, pin).catch((reason) => reason);
    expect(error).to.be.instanceOf(ArchiveError);
    expect(`${error.message} ${error.stack} ${error.cause}`).to.not.contain(pin ?? password);
    return `${error.code} ${error.message}`;
  };

  for (const [protection, given] of Object.entries(protections))
    for (const kind of ['rsa', 'ecdsa'] as const)
      it(`seals by ${kind} from one protected by ${protection}`, async () => {
        const key = await open(await write(kind, given));
        expect(key.chain.map(pem)).to.deep.equal(
          [(await pki.signer({ key: kind, name: `Фајл ${kind}` })).signer, pki.intermediate.signer, pki.root.signer]
            .map(({ chain }) => new X509Certificate(chain[0]))
            .map((certificate, index) => (index === 0 ? pem(key.chain[0]) : certificate.toString())),
        );
        const document = await sealCades(bytesReader(Buffer.from('а')), key, { detached: false, signingTime: pki.at });
        const { signatures } = await validateDocument({
          document: bytesReader(document),
          name: 'a.p7m',
          contents: [],
          anchors: pki.anchors,
          validationTime: pki.at,
          material: {
            certificates: [],
            crls: [await pki.crl(), await pki.crl({ issuer: pki.root })],
            ocspResponses: [],
          },
        });
        expect(signatures[0]?.indication).to.equal('TOTAL_PASSED');
      });

  it('takes issuers that the file lacks from the certificates given', async () => {
    const file = await write('rsa', [], false);
    expect((await open(file)).chain).to.have.length(1);
    const given = [pki.intermediate, pki.root].map(({ signer }) => signer.chain[0]);
    const { chain, anchor } = await open(file, password, given);
    expect(chain).to.have.length(3);
    expect(anchor?.pem).to.equal(pki.anchorPem);
  });

  it('tells a wrong password from a broken file, and says neither’s content', async () => {
    const file = await write('rsa', []);
    expect(await refusal(file, 'pogrešna')).to.match(/^USAGE .*TRAJNO_SEAL_PIN/);
    const bytes = readFileSync(file);
    const broken = join(folder, 'broken.p12');
    for (const content of [Buffer.alloc(0), Buffer.from('не'), bytes.subarray(0, 300), Buffer.alloc(2 << 20, 0x30)]) {
      writeFileSync(broken, content);
      expect(await refusal(broken)).to.match(/^USAGE /);
    }
    expect(await refusal(join(folder, 'nema.p12'))).to.match(/^USAGE .*cannot be read/);
  });

  it('is found broken at whatever octet it is changed', async () => {
    const bytes = readFileSync(await write('ecdsa', []));
    const changed = join(folder, 'changed.p12');
    for (let at = 0; at < bytes.length; at += 97) {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ 0x10;
      writeFileSync(changed, copy);
      const key = await open(changed).catch((error) => error);
      if (key instanceof Error) expect(key).to.be.instanceOf(ArchiveError);
      else expect(key.chain[0]).to.deep.equal((await open(await write('ecdsa', []))).chain[0]);
    }
  });
});
