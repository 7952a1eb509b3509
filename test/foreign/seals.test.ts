/**
 * What the toy PKI and the seals make, judged by other people's programs: openssl (always), pyHanko (the environment
 * that run.sh makes, or the interpreter named in TRAJNO_PYHANKO), xmlsec1, qpdf and pdfsig (where they are installed).
 * Run with `npm run test:foreign`.
 */
import { execFile, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { asicContainer } from '../support/asic-container.ts';
import { emptyFolder } from '../support/folders.ts';
import { type PdfWriter, samplePdf } from '../support/sample-pdf.ts';
import { type CmsFault, sampleContent, signedCms } from '../support/signed-cms.ts';
import { type PdfFault, signedPdf } from '../support/signed-pdf.ts';
import { signedXml, type XmlFault } from '../support/signed-xml.ts';
import type { CertificateFault } from '../support/toy-certificates.ts';
import type { ToyKeyKind } from '../support/toy-keys.ts';
import { toyPki } from '../support/toy-pki.ts';
import { type ServedToyPki, serveToyPki } from '../support/toy-pki-server.ts';

const folder = emptyFolder();
const now = new Date();

function put(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

const isInstalled = (program: string) => spawnSync(program, ['--version']).error === undefined;

function run(program: string, ...args: string[]): { ok: boolean; said: string } {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, encoding: 'utf8' });
  return { ok: status === 0, said: stdout + stderr };
}

/** Where the other program asks our server, this process has to be free to answer. */
function runAside(program: string, ...args: string[]): Promise<{ ok: boolean; said: string }> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd: folder }, (error, stdout, stderr) => resolve({ ok: !error, said: stdout + stderr }));
  });
}

const openssl = (...args: string[]) => run('openssl', ...args);
const pemOf = (der: Uint8Array) => new X509Certificate(der).toString();

describe('openssl on what the toy PKI makes', () => {
  let pki: ServedToyPki;
  let root: string;
  let untrusted: string;
  before(async () => {
    pki = await serveToyPki({ at: now, clock: () => new Date() });
    root = put('root.pem', pki.anchorPem);
    untrusted = put('intermediate.pem', pemOf(pki.intermediate.signer.chain[0]));
    put('content.txt', sampleContent);
  });
  after(() => pki.close());

  const verifyCms = (file: string, ...more: string[]) =>
    openssl(
      'cms',
      '-verify',
      '-inform',
      'DER',
      '-binary',
      '-cades',
      '-in',
      file,
      '-CAfile',
      root,
      '-purpose',
      'any',
      '-out',
      'out.bin',
      ...more,
    );

  const kinds: ToyKeyKind[] = ['rsa', 'rsa-sha512', 'rsa-pss', 'ecdsa', 'ecdsa-p384', 'ecdsa-p521', 'ecdsa-brainpool']; // openssl 3.0 has no CMS with Ed25519 or Ed448: pyHanko judges those below
  for (const key of kinds) {
    it(`verifies CMS signed by ${key}: enveloping, detached, BER, with a time-stamp`, async () => {
      const signer = await pki.signer({ key, name: `Signer ${key}` });
      const signatures = [{ signer, timestamp: true }];
      const enveloping = put('enveloping.p7m', await signedCms({ pki, signatures }));
      expect(verifyCms(enveloping)).to.deep.include({ ok: true });
      const detached = put('detached.p7s', await signedCms({ pki, signatures, packaging: 'detached' }));
      expect(verifyCms(detached, '-content', 'content.txt')).to.deep.include({ ok: true });
      expect(verifyCms(put('ber.p7m', await signedCms({ pki, signatures, encoding: 'ber' })))).to.deep.include({
        ok: true,
      });
    });
  }

  it('verifies several signers, and one who signed no attributes', async () => {
    const signatures = [{ signer: await pki.signer({ key: 'rsa', name: 'Први' }) }, { signer: await pki.signer() }];
    expect(verifyCms(put('two.p7m', await signedCms({ pki, signatures })))).to.deep.include({ ok: true });
    const plain = put('plain.p7m', await signedCms({ pki, signatures: [{ plain: true }] }));
    expect(
      openssl(
        'cms',
        '-verify',
        '-inform',
        'DER',
        '-binary',
        '-in',
        plain,
        '-CAfile',
        root,
        '-purpose',
        'any',
        '-out',
        'out.bin',
      ).ok,
    ).to.equal(true);
  });

  const cmsFaults: Record<Exclude<CmsFault, 'wrong-content-type'>, RegExp> = {
    'wrong-message-digest': /content verify error/,
    'wrong-signing-certificate': /signing certificate|ess/i,
    'no-signing-certificate': /signing certificate|ess/i,
    'changed-signature': /verification failure|bad signature|verify/i,
    'no-certificates': /signer certificate not found/,
  };
  for (const [fault, reason] of Object.entries(cmsFaults)) {
    it(`refuses CMS with ${fault}, for that reason`, async () => {
      const file = put('faulty.p7m', await signedCms({ pki, signatures: [{ fault: fault as CmsFault }] }));
      const { ok, said } = verifyCms(file);
      expect(ok, said).to.equal(false);
      expect(said).to.match(reason);
    });
  }

  const certificateFaults: Partial<Record<CertificateFault, RegExp>> = {
    expired: /certificate has expired/,
    'not-yet-valid': /not yet valid/,
    'broken-signature': /signature failure/,
    'unknown-critical-extension': /critical extension/,
  };
  for (const [fault, reason] of Object.entries(certificateFaults)) {
    it(`refuses a certificate that is ${fault}`, async () => {
      const holder = await pki.signer({ fault: fault as CertificateFault });
      const { ok, said } = openssl(
        'verify',
        '-CAfile',
        root,
        '-untrusted',
        untrusted,
        put('leaf.pem', pemOf(holder.signer.chain[0])),
      );
      expect(ok).to.equal(false);
      expect(said).to.match(reason);
    });
  }

  it('accepts the PKI strictly, with CRLs, and refuses who is revoked, by CRL and by OCSP', async () => {
    const good = await pki.signer({ name: 'Dobar' });
    const bad = await pki.signer({ name: 'Opozvan' });
    pki.revoke(bad, new Date(now.getTime() - 3600_000));
    const crls = [await pki.crl(), await pki.crl({ issuer: pki.root })].map((crl, index) => put(`${index}.crl`, crl));
    const verify = (leaf: string) =>
      openssl(
        'verify',
        '-x509_strict',
        '-crl_check_all',
        '-CAfile',
        root,
        '-untrusted',
        untrusted,
        ...crls.flatMap((crl) => ['-CRLfile', crl]),
        leaf,
      );
    const goodPem = put('good.pem', pemOf(good.signer.chain[0]));
    const badPem = put('bad.pem', pemOf(bad.signer.chain[0]));
    expect(verify(goodPem)).to.deep.include({ ok: true });
    expect(verify(badPem).said).to.contain('certificate revoked');
    const ask = (leaf: string) =>
      runAside(
        'openssl',
        'ocsp',
        '-issuer',
        untrusted,
        '-cert',
        leaf,
        '-url',
        `${pki.url}/ocsp`,
        '-CAfile',
        root,
        '-verify_other',
        untrusted,
      );
    expect((await ask(goodPem)).said)
      .to.contain('Response verify OK')
      .and.contain('good.pem: good');
    expect((await ask(badPem)).said)
      .to.contain('Response verify OK')
      .and.match(/bad\.pem: revoked[\s\S]*keyCompromise/);
  });

  it('verifies time-stamps of the served authority, by query and by data, and refuses one of other data', async () => {
    openssl('ts', '-query', '-data', 'content.txt', '-sha512', '-cert', '-out', 'q.tsq');
    const answer = await runAside('curl', '-sS', '--data-binary', '@q.tsq', '-o', 'r.tsr', `${pki.url}/tsa`);
    expect(answer.ok, answer.said).to.equal(true);
    const verify = (...what: string[]) =>
      openssl('ts', '-verify', '-in', 'r.tsr', '-CAfile', root, '-untrusted', untrusted, ...what);
    expect(verify('-queryfile', 'q.tsq').said).to.contain('Verification: OK');
    expect(verify('-data', 'content.txt').said).to.contain('Verification: OK');
    expect(verify('-data', 'root.pem').said).to.contain('message imprint mismatch');
  });
});

const interpreter = process.env.TRAJNO_PYHANKO ?? join(process.cwd(), '.foreign/venv/bin/python');
const hasPyHanko = existsSync(interpreter) && run(interpreter, '-c', 'import pyhanko').ok;

describe('pyHanko, qpdf and pdfsig on sealed PDFs', () => {
  const bottomLines = (root: string, ...files: string[]) => {
    const { ok, said } = run(interpreter, join(process.cwd(), 'test/foreign/pades.py'), root, ...files);
    if (!ok) return said;
    return JSON.parse(said.slice(said.indexOf('{')));
  };
  const good = { intact: true, valid: true, trusted: true, bottomLine: true };

  for (const writer of ['pdfkit', 'pdf-lib', 'pdf-lib-table'] as PdfWriter[]) {
    it(`find two signatures good on what ${writer} wrote, PAdES-T by RSA and adbe.pkcs7.detached by ECDSA`, async function () {
      const pki = await toyPki({ at: now });
      const signatures = [
        { signer: await pki.signer({ key: 'rsa', name: 'Prvi' }), timestamp: true, reason: 'Потпис' },
        { subFilter: 'adbe.pkcs7.detached' as const },
      ];
      const file = put(`${writer}.pdf`, await signedPdf({ pki, pdf: await samplePdf({ writer }), signatures }));
      if (isInstalled('qpdf')) expect(run('qpdf', '--check', file)).to.deep.include({ ok: true });
      if (isInstalled('pdfsig'))
        expect(run('pdfsig', '-nocert', file).said.match(/Signature is Valid/g)).to.have.length(2);
      if (!hasPyHanko) return this.skip();
      expect(bottomLines(put('root.pem', pki.anchorPem), file)[file]).to.deep.equal([
        { ...good, coverage: 'ENTIRE_REVISION', timestamp: true },
        { ...good, coverage: 'ENTIRE_FILE', timestamp: null },
      ]);
    });
  }

  for (const key of ['rsa-pss', 'ecdsa-p521', 'ed25519', 'ed448'] as const) {
    it(`find a signature by ${key} good`, async function () {
      if (!hasPyHanko) return this.skip();
      const pki = await toyPki({ at: now });
      const signatures = [{ signer: await pki.signer({ key, name: `Signer ${key}` }), timestamp: true }];
      const file = put(`${key}.pdf`, await signedPdf({ pki, signatures }));
      expect(bottomLines(put('root.pem', pki.anchorPem), file)[file]).to.deep.equal([
        { ...good, coverage: 'ENTIRE_FILE', timestamp: true },
      ]);
    });
  }

  const faults: Partial<Record<PdfFault, object>> = {
    'changed-content': { intact: false, bottomLine: false },
    'changed-signature': { intact: true, valid: false, bottomLine: false },
    'page-changed-later': { intact: true, valid: true, bottomLine: false },
  };
  for (const [fault, expected] of Object.entries(faults)) {
    it(`find the fault: ${fault}`, async function () {
      if (!hasPyHanko) return this.skip();
      const pki = await toyPki({ at: now });
      const file = put('faulty.pdf', await signedPdf({ pki, fault: fault as PdfFault }));
      expect(bottomLines(put('root.pem', pki.anchorPem), file)[file][0]).to.deep.include(expected);
    });
  }
});

describe('xmlsec1 on sealed XML', () => {
  before(function () {
    if (!isInstalled('xmlsec1')) this.skip();
  });
  const verify = (root: string, file: string) =>
    run(
      'xmlsec1',
      '--verify',
      '--trusted-pem',
      root,
      '--id-attr:Id',
      'SignedProperties',
      '--id-attr:Id',
      'Object',
      file,
    );

  for (const packaging of ['enveloped', 'enveloping'] as const) {
    for (const key of ['rsa', 'rsa-sha512', 'ecdsa', 'ecdsa-p384'] as const) {
      it(`verifies an ${packaging} signature by ${key}`, async () => {
        const pki = await toyPki({ at: now });
        const signer = await pki.signer({ key, name: `Signer ${key}` });
        const file = put('signed.xml', await signedXml({ pki, packaging, signer, timestamp: true }));
        const { ok, said } = verify(put('root.pem', pki.anchorPem), file);
        expect(ok, said).to.equal(true);
        expect(said).to.contain('SignedInfo References (ok/all): 2/2');
      });
    }
  }

  it('verifies a detached signature over files', async () => {
    const pki = await toyPki({ at: now });
    put('content.txt', sampleContent);
    const files = [{ uri: 'content.txt', mediaType: 'text/plain', bytes: sampleContent }];
    const file = put('detached.xml', await signedXml({ pki, packaging: 'detached', files }));
    expect(verify(put('root.pem', pki.anchorPem), file).said).to.contain('References (ok/all): 2/2');
    put('content.txt', 'something else');
    expect(verify(put('root.pem', pki.anchorPem), file).ok).to.equal(false);
  });

  for (const fault of ['changed-content', 'changed-signature', 'changed-properties'] as XmlFault[])
    for (const packaging of ['enveloped', 'enveloping'] as const)
      it(`refuses an ${packaging} signature with ${fault}`, async () => {
        const pki = await toyPki({ at: now });
        const file = put('faulty.xml', await signedXml({ pki, packaging, fault }));
        expect(verify(put('root.pem', pki.anchorPem), file).ok).to.equal(false);
      });
});

describe('unzip, openssl and xmlsec1 on containers', () => {
  it('find CAdES signatures good over the file or the manifest', async () => {
    const pki = await toyPki({ at: now });
    const root = put('root.pem', pki.anchorPem);
    for (const form of ['ASiC-S', 'ASiC-E'] as const) {
      const container = await asicContainer({ pki, form });
      expect(Buffer.from(container.subarray(30, 38)).toString()).to.equal('mimetype');
      expect(Buffer.from(container.subarray(38)).toString('latin1')).to.match(
        /^application\/vnd\.etsi\.asic-[se]\+zip/,
      );
      const out = join(folder, form);
      expect(run('unzip', '-q', '-o', put('container.zip', container), '-d', out).ok).to.equal(true);
      const [signature, content] =
        form === 'ASiC-S' ? ['signature.p7s', '../уговор.txt'] : ['signature001.p7s', 'ASiCManifest001.xml'];
      const { ok, said } = openssl(
        'cms',
        '-verify',
        '-cades',
        '-binary',
        '-inform',
        'DER',
        '-in',
        join(out, 'META-INF', signature),
        '-content',
        join(out, 'META-INF', content),
        '-CAfile',
        root,
        '-purpose',
        'any',
        '-out',
        'out.bin',
      );
      expect(ok, said).to.equal(true);
    }
  });

  it('find XAdES signatures good over the files', async function () {
    if (!isInstalled('xmlsec1')) return this.skip();
    const pki = await toyPki({ at: now });
    const root = put('root.pem', pki.anchorPem);
    const files = [
      { name: 'a.txt', bytes: sampleContent },
      { name: 'b.txt', bytes: Buffer.from('b') },
    ];
    const out = join(folder, 'asice');
    run('unzip', '-q', '-o', put('container.zip', await asicContainer({ pki, files, signature: 'XAdES' })), '-d', out);
    const { status, stderr } = spawnSync(
      'xmlsec1',
      ['--verify', '--trusted-pem', root, '--id-attr:Id', 'SignedProperties', 'META-INF/signatures001.xml'],
      { cwd: out, encoding: 'utf8' },
    );
    expect(status, stderr).to.equal(0);
    expect(stderr).to.contain('References (ok/all): 3/3');
  });
});
