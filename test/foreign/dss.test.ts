/**
 * What we seal, judged by EU DSS 6.4 with its own policy, our anchor and revocation data from the toy PKI on loopback.
 * The jars are looked for in `.foreign/dss` or the folder named in TRAJNO_DSS (test/foreign/dss/pom.xml says how they get
 * there); without them everything here is skipped. Run with `npm run test:foreign`.
 */
import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { sampleDocuments } from '../../src/demo/index.ts';
import { asicContainer } from '../support/asic-container.ts';
import { emptyFolder } from '../support/folders.ts';
import { sampleContent, signedCms } from '../support/signed-cms.ts';
import { signedPdf } from '../support/signed-pdf.ts';
import { signedXml } from '../support/signed-xml.ts';
import { type ServedToyPki, serveToyPki } from '../support/toy-pki-server.ts';

const jars = process.env.TRAJNO_DSS ?? join(process.cwd(), '.foreign/dss');
const folder = emptyFolder();

function put(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** `FORMAT INDICATION[/SUBINDICATION]` of every signature, by document. */
async function verdicts(anchor: string, documents: readonly string[]): Promise<Record<string, string[]>> {
  const said = await new Promise<string>((resolve, reject) => {
    const program = join(process.cwd(), 'test/foreign/dss/Verdicts.java');
    const given = ['-cp', `${jars}/*`, program, anchor, ...documents];
    execFile('java', given, { maxBuffer: 1 << 24 }, (error, stdout) => (error ? reject(error) : resolve(stdout)));
  });
  const found: Record<string, string[]> = {};
  for (const line of said.split('\n').filter(Boolean)) {
    const [name = '', format, indication, subIndication] = line.split('\t');
    const verdict = subIndication === 'null' ? indication : `${indication}/${subIndication}`;
    found[name] = [...(found[name] ?? []), `${format} ${verdict}`];
  }
  return found;
}

describe('EU DSS on what we seal', function () {
  this.timeout(300_000);
  let pki: ServedToyPki;
  let anchor: string;
  before(async function () {
    if (!existsSync(jars)) return this.skip();
    pki = await serveToyPki({ at: new Date(Date.now() - 60_000), clock: () => new Date() });
    anchor = put('root.pem', pki.anchorPem);
    put('content.txt', sampleContent);
  });
  after(() => pki?.close());

  it('passes PAdES, CAdES, XAdES and ASiC at level T, by every algorithm that its policy allows', async () => {
    const expected: Record<string, string[]> = {};
    const documents: string[] = [];
    const add = (name: string, format: string, bytes: Uint8Array, content = '') => {
      documents.push(put(name, bytes) + content);
      expected[name] = [`${format}-BASELINE-T TOTAL_PASSED`];
    };
    const beside = `=${join(folder, 'content.txt')}`;
    for (const key of ['rsa', 'rsa-pss', 'ecdsa', 'ecdsa-p521', 'ecdsa-brainpool'] as const) {
      const signer = await pki.signer({ key, name: `Signer ${key}` });
      const signatures = [{ signer, timestamp: true }];
      add(`${key}.pdf`, 'PAdES', await signedPdf({ pki, signatures }));
      add(`${key}.p7m`, 'CAdES', await signedCms({ pki, signatures }));
      add(`${key}-ber.p7m`, 'CAdES', await signedCms({ pki, signatures, encoding: 'ber' }));
      add(`${key}.p7s`, 'CAdES', await signedCms({ pki, signatures, packaging: 'detached' }), beside);
      for (const packaging of ['enveloped', 'enveloping'] as const)
        add(`${key}-${packaging}.xml`, 'XAdES', await signedXml({ pki, signer, packaging, timestamp: true }));
      const files = [{ uri: 'content.txt', mediaType: 'text/plain', bytes: sampleContent }];
      const detached = await signedXml({ pki, signer, packaging: 'detached', files, timestamp: true });
      add(`${key}-detached.xml`, 'XAdES', detached, beside);
      for (const form of ['ASiC-S', 'ASiC-E'] as const)
        for (const signature of ['CAdES', 'XAdES'] as const)
          add(
            `${key}-${form}-${signature}.zip`,
            signature,
            await asicContainer({ pki, signer, form, signature, timestamp: true }),
          );
    }
    expect(await verdicts(anchor, documents)).to.deep.equal(expected);
  });

  it('finds each fault for what it is', async () => {
    const revoked = await pki.signer({ name: 'Revoked' });
    pki.revoke(revoked, new Date(Date.now() - 3600_000));
    const before = pki.timestamps({ at: new Date(Date.now() - 7200_000) });
    const made: [string, Uint8Array, string][] = [
      ['revoked.pdf', await signedPdf({ pki, signatures: [{ signer: revoked }] }), 'INDETERMINATE/REVOKED_NO_POE'],
      ['saved.pdf', await signedPdf({ pki, signatures: [{ signer: revoked, timestamp: before }] }), 'TOTAL_PASSED'],
      ['a.pdf', await signedPdf({ pki, fault: 'changed-content' }), 'TOTAL_FAILED/HASH_FAILURE'],
      ['b.pdf', await signedPdf({ pki, fault: 'changed-signature' }), 'TOTAL_FAILED/SIG_CRYPTO_FAILURE'],
      ['c.pdf', await signedPdf({ pki, fault: 'wider-gap' }), 'TOTAL_FAILED/FORMAT_FAILURE'],
      ['a.p7m', await signedCms({ pki, signatures: [{ fault: 'wrong-message-digest' }] }), 'TOTAL_FAILED/HASH_FAILURE'],
      [
        'b.p7m',
        await signedCms({ pki, signatures: [{ fault: 'changed-signature' }] }),
        'TOTAL_FAILED/SIG_CRYPTO_FAILURE',
      ],
      [
        'c.p7m',
        await signedCms({ pki, signatures: [{ fault: 'no-certificates' }] }),
        'INDETERMINATE/NO_SIGNING_CERTIFICATE_FOUND',
      ],
      ['a.xml', await signedXml({ pki, fault: 'changed-content' }), 'TOTAL_FAILED/HASH_FAILURE'],
      ['b.xml', await signedXml({ pki, fault: 'changed-signature' }), 'TOTAL_FAILED/SIG_CRYPTO_FAILURE'],
      ['c.xml', await signedXml({ pki, fault: 'changed-properties' }), 'TOTAL_FAILED/HASH_FAILURE'],
      ['a.asice', await asicContainer({ pki, fault: 'changed-content' }), 'TOTAL_FAILED/HASH_FAILURE'],
      ['b.asice', await asicContainer({ pki, fault: 'missing-file' }), 'INDETERMINATE/SIGNED_DATA_NOT_FOUND'],
    ];
    const found = await verdicts(
      anchor,
      made.map(([name, bytes]) => put(name, bytes)),
    );
    const indications = made.map(([name]) => [name, found[name]?.map((each) => each.split(' ')[1])]);
    expect(indications).to.deep.equal(made.map(([name, , verdict]) => [name, [verdict]]));
  });

  it("passes the demo's samples but the one that was changed", async () => {
    const { records, anchors } = await sampleDocuments(() => new Date());
    const files = records.flatMap((record) => record.files);
    for (const { name, bytes } of files) put(name, bytes);
    const signed = files.map(({ name }) => name).filter((name) => !/\.(png|txt)$/.test(name));
    const documents = signed.map((name) =>
      name.endsWith('.p7s') ? `${join(folder, name)}=${join(folder, name.slice(0, -4))}` : join(folder, name),
    );
    expect(await verdicts(put('samples.pem', anchors[0]?.pem ?? ''), documents)).to.deep.equal({
      'Ugovor o delu 42-2026.pdf': ['PAdES-BASELINE-T TOTAL_PASSED', 'PAdES-BASELINE-T TOTAL_PASSED'],
      'Решење 17-2026.pdf': ['PAdES-BASELINE-B TOTAL_PASSED'],
      'faktura-118-2026.xml': ['XAdES-BASELINE-T TOTAL_PASSED'],
      'skenirana potvrda.png.p7s': ['CAdES-BASELINE-T TOTAL_PASSED'],
      'zapisnik sa sednice.asice': ['CAdES-BASELINE-T TOTAL_PASSED'],
      'priznanica-izmenjena.pdf': ['PAdES-BASELINE-B TOTAL_FAILED/HASH_FAILURE'],
    });
  });
});
