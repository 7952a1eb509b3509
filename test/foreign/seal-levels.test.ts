/**
 * Seals of every form at every level, by keys in SoftHSM2, at a remote signing service and in memory, stamped over HTTP and
 * judged by EU DSS, pyHanko, pdfsig and qpdf (see `dss.test.ts` and `seals.test.ts` for where they are looked for).
 */
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  onlineMaterial,
  openSigningKey,
  type SigningKey,
  sealAtLevel,
  validateWithMaterial,
} from '../../src/archive/trust-services/index.ts';
import { bytesReader } from '../../src/base/index.ts';
import { sealPades } from '../../src/standards/seals/index.ts';
import { testArchive } from '../support/archive.ts';
import { cloudClient, serveCloudSigning } from '../support/cloud-signing-service.ts';
import { emptyFolder } from '../support/folders.ts';
import { samplePdf } from '../support/sample-pdf.ts';
import { type SealedDocument, sealContext, sealedContent, sealedDocuments } from '../support/sealed-documents.ts';
import { softToken, softTokenModule, softTokenPin } from '../support/soft-token.ts';
import { type ServedToyPki, serveToyPki } from '../support/toy-pki-server.ts';

const jars = process.env.TRAJNO_DSS ?? join(process.cwd(), '.foreign/dss');
const interpreter = process.env.TRAJNO_PYHANKO ?? join(process.cwd(), '.foreign/pyhanko/bin/python');
const folder = emptyFolder();
const clock = () => new Date();
const levels = ['B', 'T', 'LT', 'LTA'] as const;

function put(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** This process has to be free to answer: the other program may ask our servers. */
function run(program: string, ...args: string[]): Promise<{ ok: boolean; said: string }> {
  return new Promise((resolve) => {
    const options = { cwd: folder, maxBuffer: 1 << 24 };
    execFile(program, args, options, (error, stdout, stderr) => resolve({ ok: !error, said: stdout || stderr }));
  });
}

const isInstalled = (program: string) => spawnSync(program, ['--version']).error === undefined;

describe('seals at every level, by keys of every kind', function () {
  this.timeout(300_000);
  let pki: ServedToyPki;
  let service: Awaited<ReturnType<typeof serveCloudSigning>>;
  const documents = new Map<string, SealedDocument[]>();
  let anchor: string;
  before(async function () {
    if (!existsSync(softTokenModule)) return this.skip();
    pki = await serveToyPki({ at: new Date(Date.now() - 60_000), clock });
    service = await serveCloudSigning(pki, [{ id: 'печат', key: 'rsa', name: 'Печат у облаку', pin: '11' }], clock);
    anchor = put('root.pem', pki.anchorPem);
    put('content.txt', sealedContent);
    const keys = await everyKey(pki, service.url);
    for (const level of levels) documents.set(level, await sealedDocuments(pki, level, keys));
  });
  after(() => Promise.all([pki?.close(), service?.close()]));

  const saved = (level: string) =>
    (documents.get(level) ?? []).map(({ name, bytes, isDetached }) => {
      const path = put(name, bytes);
      return isDetached ? `${path}=${join(folder, 'content.txt')}` : path;
    });
  const expected = (level: string) =>
    Object.fromEntries(
      (documents.get(level) ?? []).map(({ name, format }) => [name, [`${format}-BASELINE-${level} TOTAL_PASSED`]]),
    );

  for (const [together, flags] of [
    [['B', 'T'], []],
    [['LT', 'LTA'], ['--offline']],
  ] as const)
    it(`EU DSS passes levels ${together.join(' and ')} ${flags.length > 0 ? 'offline' : 'with CRL and OCSP at hand'}`, async function () {
      if (!existsSync(jars)) return this.skip();
      const program = join(process.cwd(), 'test/foreign/dss/Verdicts.java');
      const control = flags.length > 0 ? saved('T').slice(0, 1) : []; // level T offline: nothing shows that it holds
      const documents = [...together.flatMap(saved), ...control];
      const { said } = await run('java', '-cp', `${jars}/*`, program, ...flags, anchor, ...documents);
      const found: Record<string, string[]> = {};
      for (const line of said.split('\n').filter(Boolean)) {
        const [name = '', format, indication, subIndication] = line.split('\t');
        const verdict = subIndication === 'null' ? indication : `${indication}/${subIndication}`;
        found[name] = [...(found[name] ?? []), `${format} ${verdict}`];
      }
      const without =
        control.length > 0 ? { 'T-pdf.pdf': ['PAdES-BASELINE-T INDETERMINATE/CERTIFICATE_CHAIN_GENERAL_FAILURE'] } : {};
      expect(found).to.deep.equal(Object.assign(without, ...together.map(expected)));
    });

  for (const level of levels) {
    const isOffline = level.startsWith('LT');
    it(`our own engine passes level ${level}${isOffline ? ' offline' : ''}`, async () => {
      const found: Record<string, string[]> = {};
      for (const { name, bytes, isDetached } of documents.get(level) ?? []) {
        const contents = isDetached ? [{ name: 'content.txt', reader: bytesReader(sealedContent) }] : [];
        const { report } = await validateWithMaterial(
          { document: bytesReader(bytes), name, contents, anchors: pki.anchors, validationTime: clock() },
          isOffline ? undefined : onlineMaterial(clock, undefined, () => true),
        );
        found[name] = report.signatures.map(({ format, indication }) => `${format} ${indication}`);
      }
      expect(found).to.deep.equal(expected(level));
    });
  }

  it('EU DSS and pyHanko pass a person’s signature with the seal on top of it, and the built-in test seal, at LTA', async function () {
    if (!existsSync(jars) || !existsSync(interpreter)) return this.skip();
    const twice = put('twice.pdf', await sealedTwice(pki));
    const { document, root } = await testSealed();
    const cases = [
      { anchor, file: twice, count: 2 },
      { anchor: put('test-root.pem', root), file: put('test.pdf', document), count: 1 },
    ];
    for (const { anchor, file, count } of cases) {
      const program = join(process.cwd(), 'test/foreign/dss/Verdicts.java');
      const { said } = await run('java', '-cp', `${jars}/*`, program, '--offline', anchor, file);
      const verdicts = said.trim().split('\n');
      expect(verdicts.map((line) => line.split('\t').slice(1, 3).join(' '))).to.deep.equal(
        Array(count).fill('PAdES-BASELINE-LTA TOTAL_PASSED'),
      );
      const judged = await run(interpreter, join(process.cwd(), 'test/foreign/pades-ltv.py'), anchor, 'LTA', file);
      expect(JSON.parse(judged.said)).to.deep.equal({ [file]: Array(count).fill('PASSED') });
    }
  });

  it('pyHanko agrees on PAdES, on LT and LTA with nothing but the document', async function () {
    if (!existsSync(interpreter)) return this.skip();
    for (const level of ['LT', 'LTA']) {
      const [file = ''] = saved(level).filter((name) => name.endsWith('.pdf'));
      const { said } = await run(interpreter, join(process.cwd(), 'test/foreign/pades-ltv.py'), anchor, level, file);
      expect(JSON.parse(said), level).to.deep.equal({ [file]: ['PASSED'] });
    }
    for (const level of ['B', 'T']) {
      const [file = ''] = saved(level).filter((name) => name.endsWith('.pdf'));
      const { said } = await run(interpreter, join(process.cwd(), 'test/foreign/pades.py'), anchor, file);
      expect(JSON.parse(said)[file][0]).to.deep.include({ bottomLine: true, coverage: 'ENTIRE_FILE' });
    }
  });

  it('pdfsig and qpdf are content', async function () {
    if (!isInstalled('qpdf') || !isInstalled('pdfsig')) return this.skip();
    for (const level of levels) {
      const [file = ''] = saved(level).filter((name) => name.endsWith('.pdf'));
      expect(await run('qpdf', '--check', file)).to.deep.include({ ok: true });
      const { said } = await run('pdfsig', '-nocert', file);
      expect(said).to.match(/Signature #1:[^#]*Signature is Valid/);
      if (level === 'LTA') expect(said).to.match(/Signature #2:[^#]*Total document signed/); // it cannot judge time-stamps
    }
  });
});

/** RSA and P-256 in a token, RSA at a signing service. */
async function everyKey(pki: ServedToyPki, serviceUrl: string): Promise<SigningKey[]> {
  const inToken = [
    { key: 'rsa', name: 'HSM RSA', id: '01' },
    { key: 'ecdsa', name: 'HSM P-256', id: '02' },
  ] as const;
  const token = softToken(inToken);
  const keys: SigningKey[] = [];
  for (const { key, name } of inToken) {
    const { signer } = await pki.signer({ key, name });
    const certificates = [...signer.chain, pki.intermediate.signer.chain[0]];
    const settings = { kind: 'pkcs11', uri: token.uri(name), pin: async () => softTokenPin, certificates } as const;
    keys.push(await openSigningKey(settings, clock));
  }
  const { clientId, clientSecret } = cloudClient;
  const secrets = { clientSecret: async () => clientSecret, pin: async () => '11' };
  keys.push(await openSigningKey({ kind: 'cloud', url: serviceUrl, clientId, certificates: [], ...secrets }, clock));
  return keys;
}

async function sealedTwice(pki: ServedToyPki): Promise<Uint8Array> {
  let document: Uint8Array = await samplePdf();
  for (const name of ['Овлашћено лице', 'Печат установе']) {
    const key = { ...(await pki.signer({ name })).signer, isTest: false };
    const { made } = await sealAtLevel(sealContext(pki, key), 'LTA', (signer, options) =>
      sealPades(bytesReader(document), signer, options),
    );
    document = Buffer.concat([document, made]);
  }
  return document;
}

/** A PDF as an archive seals it with nothing configured. */
async function testSealed(): Promise<{ document: Uint8Array; root: string }> {
  const { context, evidence, ownAnchors } = await testArchive({}, clock).open();
  const pdf = await samplePdf();
  const { made } = await sealAtLevel({ ...context, ...evidence }, 'LTA', (signer, options) =>
    sealPades(bytesReader(pdf), signer, options),
  );
  const [anchor] = await ownAnchors();
  return { document: Buffer.concat([pdf, made]), root: anchor?.pem ?? '' };
}
