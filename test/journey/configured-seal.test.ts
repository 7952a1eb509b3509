import { execFileSync } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect } from 'chai';
import { makeIntegrityReport } from '../../src/archive/preservation/index.ts';
import { sealAtLevel } from '../../src/archive/trust-services/index.ts';
import { ArchiveError, bytesReader } from '../../src/base/index.ts';
import { readConfig } from '../../src/config.ts';
import { sealCades } from '../../src/standards/seals/index.ts';
import { validateDocument } from '../../src/standards/signatures/index.ts';
import { testArchive } from '../support/archive.ts';
import { stoppedClock } from '../support/clock.ts';
import { cloudClient, serveCloudSigning } from '../support/cloud-signing-service.ts';
import { emptyFolder } from '../support/folders.ts';
import { softToken, softTokenModule, softTokenPin } from '../support/soft-token.ts';
import { toyKey } from '../support/toy-keys.ts';
import { type ToyPki, toyPki } from '../support/toy-pki.ts';

describe('the archive’s seal', () => {
  const folder = emptyFolder();
  const name = 'Печат установе';
  let pki: ToyPki;
  let service: Awaited<ReturnType<typeof serveCloudSigning>>;
  let certificates: string;
  before(async () => {
    pki = await toyPki();
    service = await serveCloudSigning(pki, [{ id: 'seal', key: 'rsa', name, pin: softTokenPin }]);
    const { signer } = await pki.signer({ key: 'rsa', name });
    certificates = join(folder, 'seal.pem');
    const chain = [...signer.chain, pki.intermediate.signer.chain[0], pki.root.signer.chain[0]];
    writeFileSync(certificates, chain.map((der) => new X509Certificate(der).toString()).join(''));
  });
  after(() => service?.close());

  const inFile = () => {
    const key = toyKey('rsa', `Igračka PKI ${name}`).export({ type: 'pkcs8', format: 'pem' });
    writeFileSync(join(folder, 'key.pem'), key);
    const given = ['pkcs12', '-export', '-inkey', 'key.pem', '-in', certificates, '-out', 'seal.p12', '-passout'];
    const env = { ...process.env, PASSWORD: softTokenPin };
    execFileSync('openssl', [...given, 'env:PASSWORD'], { cwd: folder, env, stdio: 'pipe' });
    return { TRAJNO_SEAL: join(folder, 'seal.p12') };
  };
  const inToken = () => ({
    TRAJNO_SEAL: softToken([{ key: 'rsa', name, id: '0a' }]).uri(name),
    TRAJNO_SEAL_CERTIFICATES: certificates,
  });
  const atService = () => ({
    TRAJNO_SEAL: service.url,
    TRAJNO_SEAL_CLIENT_ID: cloudClient.clientId,
    TRAJNO_SEAL_CLIENT_SECRET: cloudClient.clientSecret,
  });

  for (const [where, environment] of Object.entries({ 'a file': inFile, 'a token': inToken, 'a service': atService }))
    it(`lies in ${where}: reports are sealed by it, and no secret is seen`, async function () {
      if (where === 'a token' && !existsSync(softTokenModule)) return this.skip();
      const given = { ...environment(), TRAJNO_SEAL_PIN: softTokenPin };
      const archive = testArchive(given, stoppedClock());
      expect(inspect(archive.config, { depth: 9 }) + JSON.stringify(archive.config))
        .to.not.contain(softTokenPin)
        .and.not.contain(cloudClient.clientSecret);
      const { context, ownAnchors } = await archive.open();
      const { facts, json, jsonSeal, pdf } = await makeIntegrityReport(context);
      expect(facts.sealedBy).to.deep.equal({ name, isQualified: false, isTest: false });
      const material = {
        certificates: [],
        crls: [await pki.crl(), await pki.crl({ issuer: pki.root })],
        ocspResponses: [],
      };
      const rest = { anchors: pki.anchors, validationTime: pki.at, material };
      const contents = [{ reader: bytesReader(json) }];
      const data = await validateDocument({ document: bytesReader(jsonSeal), name: 'a.p7s', contents, ...rest });
      const forPeople = await validateDocument({ document: bytesReader(pdf), name: 'a.pdf', contents: [], ...rest });
      for (const { signatures } of [data, forPeople])
        expect(signatures.map(({ indication, signedBy }) => `${signedBy} ${indication}`)).to.deep.equal([
          `${name} TOTAL_PASSED`,
        ]);
      expect((await ownAnchors()).map(({ pem }) => pem)).to.include(pki.anchorPem);
    });

  it('is the built-in one where none is configured: it says that it is a test, and holds at LTA under its own root', async () => {
    const { context, evidence } = await testArchive().open();
    const { facts } = await makeIntegrityReport(context);
    expect(facts.sealedBy.isTest).to.equal(true);
    const content = bytesReader(Buffer.from('а'));
    const { made, isTest } = await sealAtLevel({ ...context, ...evidence }, 'LTA', (signer, options) =>
      sealCades(content, signer, { ...options, detached: false }),
    );
    expect(isTest).to.equal(true);
    expect(made.length).to.be.greaterThan(5000);
  });

  it('that cannot be used is told of by what it lacks', async () => {
    const read = (environment: NodeJS.ProcessEnv) => () => readConfig({ TRAJNO_DATA: folder, ...environment });
    expect(read({ TRAJNO_SEAL: 'https://s.example/csc/v2' })).to.throw(ArchiveError, /TRAJNO_SEAL_CLIENT_ID/);
    expect(read({ TRAJNO_SEAL_TIMESTAMPS: 'yes' })).to.throw(ArchiveError, /signing service/);
    expect(read({ TRAJNO_SEAL_TIMESTAMPS: 'maybe' })).to.throw(ArchiveError, /yes/);
    const noPem = { TRAJNO_SEAL: 'a.p12', TRAJNO_SEAL_CERTIFICATES: join(folder, 'nema.pem') };
    expect(read(noPem)).to.throw(ArchiveError, /nema\.pem/);
    const { context } = await testArchive(inFile()).open(); // no PIN, and no terminal in tests
    const failure = await context.confirmationSeal().catch((error) => error);
    if (!process.stdin.isTTY) expect(failure).to.deep.include({ code: 'USAGE' });
  });
});
