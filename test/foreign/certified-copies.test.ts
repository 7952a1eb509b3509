/**
 * Certified copies of ours, judged by other people's programs: veraPDF (PDF/A-3a), EU DSS 6.4 (seals, and the evidence in the
 * container), pdfsig and qpdf, and the very commands of VERIFY.txt with unzip and openssl. The jars are looked for in
 * `.foreign/verapdf` and `.foreign/dss` (run.sh fetches them); what is not there is skipped. Run with `npm run test:foreign`.
 */
import { execFile, execFileSync, spawnSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import PdfKit from 'pdfkit';
import {
  type CopyContext,
  completeCopy,
  type IssuedCopy,
  issueCopy,
  prepareCopy,
} from '../../src/archive/access/index.ts';
import { onlineMaterial, remoteAuthority, timestampAuthorities } from '../../src/archive/trust-services/index.ts';
import { keep, testArchive } from '../support/archive.ts';
import { issuingBy } from '../support/certified-copy.ts';
import { emptyFolder } from '../support/folders.ts';
import { signedPdf } from '../support/signed-pdf.ts';
import { toyKey } from '../support/toy-keys.ts';
import { toyPki } from '../support/toy-pki.ts';
import { type ServedToyPki, serveToyPki } from '../support/toy-pki-server.ts';

const folder = emptyFolder();
const jarsOf = (name: string) => join(process.cwd(), '.foreign', name);

function put(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** A PDF/A-2b as others make one. */
async function archivalPdf(): Promise<Uint8Array> {
  const font = join(process.cwd(), 'node_modules/dejavu-fonts-ttf/ttf/DejaVuSans.ttf');
  const sheet = new PdfKit({ subset: 'PDF/A-2b', pdfVersion: '1.7', font, info: { Title: 'Уговор' } });
  sheet.text('Уговор о делу').addPage().text('друга страна');
  sheet.end();
  const chunks: Buffer[] = [];
  for await (const chunk of sheet) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

describe('other people’s programs on certified copies', function () {
  this.timeout(300_000);
  let pki: ServedToyPki;
  let root: string;
  let copies: { Cyrl: IssuedCopy; Latn: IssuedCopy; test: IssuedCopy };
  let context: CopyContext;
  let recordId: string;
  before(async () => {
    const clock = () => new Date();
    pki = await serveToyPki({ at: new Date(Date.now() - 60_000), clock });
    root = put('root.pem', pki.anchorPem);
    const archive = await testArchive({}, clock).open();
    const source = onlineMaterial(clock, undefined, () => true);
    const anchors = async () => pki.anchors;
    const authority = remoteAuthority({ name: 'toy', url: `${pki.url}/tsa` }, { clock, anchors, source });
    const base = {
      ...archive.copies,
      authorities: timestampAuthorities([authority], clock),
      anchors,
      timestampAnchors: anchors,
      materialSource: source,
    };
    context = issuingBy(base, pki, await pki.signer({ name: 'Печат', key: 'rsa' }));
    const pdf = await signedPdf({ pki, pdf: await archivalPdf(), signatures: [{ timestamp: true }] });
    const record = await keep(archive, { 'Уговор.pdf': pdf });
    recordId = record.id;
    const wish = { record: record.id, actor: 'officer', decision: 'рок' };
    copies = {
      Cyrl: await issueCopy(context, wish),
      Latn: await issueCopy(context, { ...wish, script: 'Latn' }),
      test: await issueCopy(archive.copies, wish),
    };
  });
  after(() => pki?.close());

  const part = ({ files }: IssuedCopy, role: string) =>
    files.find((file) => file.role === role)?.bytes ?? new Uint8Array();

  /** Beside this process, whose servers DSS asks for revocation data. */
  const run = (program: string, anchor: string, ...given: string[]) =>
    new Promise<string>((resolve, reject) => {
      const all = ['-cp', `${jarsOf('dss')}/*`, join(process.cwd(), 'test/foreign/dss', program), anchor, ...given];
      execFile('java', all, { maxBuffer: 1 << 24 }, (error, stdout) => (error ? reject(error) : resolve(stdout)));
    });

  function pdfA(path: string, flavour: string): boolean {
    const given = [
      '-cp',
      `${jarsOf('verapdf')}/*`,
      'org.verapdf.apps.GreenfieldCliWrapper',
      '--format',
      'text',
      '-f',
      flavour,
    ];
    return /^PASS/m.test(spawnSync('java', [...given, path], { encoding: 'utf8' }).stdout);
  }

  it('veraPDF finds the certificates PDF/A-3a in both alphabets, a test copy too, and a plain PDF not', function () {
    if (!existsSync(jarsOf('verapdf'))) return this.skip();
    for (const [name, copy] of Object.entries(copies))
      expect(pdfA(put(`${name}.pdf`, part(copy, 'certificate')), '3a'), name).to.equal(true);
    const plain = new PdfKit();
    const chunks: Buffer[] = [];
    plain
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .text('plain')
      .end();
    expect(pdfA(put('plain.pdf', Buffer.concat(chunks)), '3a')).to.equal(false);
  });

  it('veraPDF finds the reading copy of a PDF/A-2b still PDF/A-2b', function () {
    if (!existsSync(jarsOf('verapdf'))) return this.skip();
    expect(pdfA(put('reading.pdf', part(copies.Cyrl, 'reading-original-1.pdf')), '2b')).to.equal(true);
  });

  it('EU DSS passes the seals with our anchor, and the evidence record in the container', async function () {
    if (!existsSync(jarsOf('dss'))) return this.skip();
    const [container, certificate] = [
      put('copy.asice', part(copies.Cyrl, 'container')),
      put('c.pdf', part(copies.Cyrl, 'certificate')),
    ];
    const seals = (await run('Verdicts.java', root, container, certificate)).trim().split('\n');
    expect(seals.map((line) => line.split('\t').slice(0, 3).join(' '))).to.have.members([
      ...['copy.asice CAdES-BASELINE-LTA TOTAL_PASSED', 'c.pdf PAdES-BASELINE-LTA TOTAL_PASSED'],
    ]);
    const evidence = await run('EvidenceVerdicts.java', root, String(Date.now()), container);
    expect(evidence.trim().split('\t').slice(0, 2)).to.deep.equal(['copy.asice', 'PASSED']);
    const stranger = put('stranger.pem', (await toyPki({ world: 'Tuđa PKI' })).anchorPem);
    const unknown = (await run('Verdicts.java', stranger, certificate)).trim().split('\t');
    expect(unknown.slice(2, 4), 'as the certificate itself says').to.deep.equal([
      ...['INDETERMINATE', 'NO_CERTIFICATE_CHAIN_FOUND'],
    ]);
  });

  it('pyHanko signs a certificate in the authorised person’s place, and DSS passes its signature and our seal over it', async function () {
    const interpreter = process.env.TRAJNO_PYHANKO ?? join(process.cwd(), '.foreign/pyhanko/bin/python');
    if (!existsSync(interpreter) || !existsSync(jarsOf('dss'))) return this.skip();
    const person = await pki.signer({ name: 'Ана Анић', key: 'rsa' });
    const [own = new Uint8Array(), issuer = new Uint8Array()] = person.signer.chain;
    const pem = (name: string, certificate: Uint8Array) => put(name, new X509Certificate(certificate).toString());
    const key = toyKey('rsa', 'Igračka PKI Ана Анић').export({ type: 'pkcs8', format: 'pem' }) as string;
    const files = [put('person.key', key), pem('person.pem', own), pem('issuer.pem', issuer)];
    const certificateSerial = new X509Certificate(own).serialNumber;
    const authorisedPerson = { name: 'Ана Анић', capacity: 'начелник', act: 'решење 5/2026', certificateSerial };
    const asking = {
      ...context,
      issuer: { ...context.issuer, authorisedPerson },
      asksPersonSignature: async () => true,
    };
    const prepared = await prepareCopy(asking, { record: recordId, actor: 'officer', decision: 'рок' });
    const unsigned = put('unsigned.pdf', await asking.prepared.certificate(prepared));
    const signed = (...how: string[]) => {
      const target = join(folder, `signed-${how.length}.pdf`);
      execFileSync(interpreter, ['test/foreign/sign.py', ...files, unsigned, target, ...how], { stdio: 'pipe' });
      return readFileSync(target);
    };
    const locked = await completeCopy(asking, prepared.id, signed('lock')).catch((error) => error);
    expect(locked.code).to.equal('PERSON_SIGNATURE_REFUSED');
    expect(locked.message).to.contain('locks the document');
    const certificate = put('person.pdf', part(await completeCopy(asking, prepared.id, signed()), 'certificate'));
    const said = (await run('Verdicts.java', root, certificate)).trim().split('\n');
    expect(said.map((line) => line.split('\t').slice(1, 3).join(' '))).to.deep.equal([
      ...['PAdES-BASELINE-LTA TOTAL_PASSED', 'PAdES-BASELINE-LTA TOTAL_PASSED'], // what lifts the seal to LTA lifts the person's too
    ]);
    if (existsSync(jarsOf('verapdf'))) expect(pdfA(certificate, '3a')).to.equal(true);
  });

  it('pdfsig finds the seal valid, and qpdf the documents whole', function () {
    if (spawnSync('pdfsig', ['-v']).error || spawnSync('qpdf', ['--version']).error) return this.skip();
    const path = put('s.pdf', part(copies.Latn, 'certificate'));
    const said = spawnSync('pdfsig', ['-nocert', path], { encoding: 'utf8' }).stdout;
    expect(said).to.contain('Signature is Valid').and.contain('Total document signed');
    for (const role of ['certificate', 'reading-original-1.pdf'])
      expect(spawnSync('qpdf', ['--check', put('q.pdf', part(copies.Cyrl, role))]).status, role).to.equal(0);
  });

  it('a stranger gets through with the very commands of VERIFY.txt', () => {
    const place = join(folder, 'stranger');
    mkdirSync(place);
    writeFileSync(join(place, 'COPY.asice'), part(copies.Cyrl, 'container'));
    writeFileSync(join(place, 'ROOTS.pem'), pki.anchorPem);
    const shell = (command: string) =>
      execFileSync('sh', ['-c', command], { cwd: place, encoding: 'utf8', stdio: 'pipe' });
    shell('unzip -q COPY.asice VERIFY.txt && mv VERIFY.txt ../VERIFY.txt');
    const text = readFileSync(join(folder, 'VERIFY.txt'), 'utf8');
    expect(text.split('\n').length).to.be.at.most(41);
    const commands = text.split('\n').filter((line) => /^(unzip|openssl) /.test(line));
    const said = commands.map(shell);
    expect(commands).to.have.length(4);
    const printed = said[0]?.replace(/.*=|[:\s]/g, '').toLowerCase() ?? '';
    expect(text).to.contain(`SHA-256 fingerprint ${printed}`);
    expect(readFileSync(join(place, 'META-INF/ASiCManifest001.xml'), 'utf8')).to.contain(said[3]?.trim());
    const changed = commands[2]?.replace('ASiCManifest001.xml', 'ASiCEvidenceRecordManifest001.xml') ?? '';
    expect(() => shell(changed)).to.throw();
  });
});
