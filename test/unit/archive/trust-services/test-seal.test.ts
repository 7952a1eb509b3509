import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect, promisify } from 'node:util';
import { expect } from 'chai';
import { openTestSeal } from '../../../../src/archive/trust-services/index.ts';
import { stoppedClock } from '../../../support/clock.ts';
import { emptyFolder } from '../../../support/folders.ts';

const keyFiles = (folder: string) => readdirSync(join(folder, 'keys')).sort();

describe('the built-in test seal', () => {
  it('makes its key and its authority on first use, readable by the owner alone, and opens them again', async () => {
    const folder = emptyFolder();
    const first = await openTestSeal(folder, stoppedClock());
    const again = await openTestSeal(folder, stoppedClock('2027-05-01T00:00:00Z'));
    expect(Buffer.from(again.signer.chain[0]).equals(first.signer.chain[0])).to.equal(true);
    expect(again.anchor).to.deep.equal(first.anchor);
    expect(keyFiles(folder)).to.deep.equal(['test-authority.pem', 'test-seal-0001.pem']);
    for (const name of keyFiles(folder)) expect(statSync(join(folder, 'keys', name)).mode & 0o777).to.equal(0o600);
    expect(statSync(join(folder, 'keys')).mode & 0o777).to.equal(0o700);
  });

  it('says in its certificate, in English and Serbian, that it is a test and proves nothing to outsiders', async () => {
    const { signer, anchor } = await openTestSeal(emptyFolder(), stoppedClock());
    const certificate = new X509Certificate(signer.chain[0]);
    expect(certificate.subject).to.contain('Trajno TEST seal – proves nothing to outsiders');
    expect(certificate.subject).to.contain('ne dokazuje ništa trećim licima');
    expect(new X509Certificate(anchor.pem).subject).to.contain('TEST');
  });

  it('has a certificate that its anchor issued and that is valid now', async () => {
    const { signer, anchor } = await openTestSeal(emptyFolder(), stoppedClock());
    const certificate = new X509Certificate(signer.chain[0]);
    const root = new X509Certificate(anchor.pem);
    expect(certificate.checkIssued(root)).to.equal(true);
    expect(certificate.verify(root.publicKey)).to.equal(true);
    expect(root.verify(root.publicKey)).to.equal(true);
    expect(root.ca).to.equal(true);
    expect(certificate.ca).to.equal(false);
    expect(Date.parse(certificate.validFrom)).to.be.at.most(stoppedClock()().getTime());
    expect(Date.parse(certificate.validTo)).to.be.greaterThan(stoppedClock()().getTime());
  });

  it('takes a new certificate under the same anchor when the old one has expired, and keeps the old file', async () => {
    const folder = emptyFolder();
    const old = await openTestSeal(folder, stoppedClock());
    const renewed = await openTestSeal(folder, stoppedClock('2031-01-01T00:00:00Z'));
    expect(Buffer.from(renewed.signer.chain[0]).equals(old.signer.chain[0])).to.equal(false);
    expect(renewed.anchor).to.deep.equal(old.anchor);
    expect(new X509Certificate(renewed.signer.chain[0]).checkIssued(new X509Certificate(old.anchor.pem))).to.equal(
      true,
    );
    expect(keyFiles(folder)).to.deep.equal(['test-authority.pem', 'test-seal-0001.pem', 'test-seal-0002.pem']);
  });

  it('gives everyone the same seal when several start at once', async () => {
    const folder = emptyFolder();
    const opened = await Promise.all(Array.from({ length: 4 }, () => openTestSeal(folder, stoppedClock())));
    const certificates = opened.map(({ signer }) => Buffer.from(signer.chain[0]).toString('hex'));
    expect(new Set(certificates).size).to.equal(1);
    expect(new Set(opened.map(({ anchor }) => anchor.pem)).size).to.equal(1);
    expect(keyFiles(folder)).to.deep.equal(['test-authority.pem', 'test-seal-0001.pem']);
  }).timeout(60000);

  it('gives several processes that start at once the same seal', async () => {
    const folder = emptyFolder();
    const room = new URL('../../../../src/archive/trust-services/index.ts', import.meta.url);
    const program = `
      const { openTestSeal } = await import(${JSON.stringify(room.href)});
      const { signer } = await openTestSeal(${JSON.stringify(folder)}, () => new Date('2026-11-24T12:00:00Z'));
      console.log(Buffer.from(signer.chain[0]).toString('hex'));`;
    const run = promisify(execFile);
    const started = [1, 2, 3].map(() =>
      run(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', program]),
    );
    const said = await Promise.all(started);
    expect(new Set(said.map(({ stdout }) => stdout)).size).to.equal(1);
    expect(said[0]?.stdout).to.match(/^[0-9a-f]{1000,}\n$/);
    expect(keyFiles(folder)).to.deep.equal(['test-authority.pem', 'test-seal-0001.pem']);
  }).timeout(60000);

  it('shows no key when the signer is printed', async () => {
    const { signer } = await openTestSeal(emptyFolder(), stoppedClock());
    expect(inspect(signer, { depth: 9, showHidden: true })).to.not.match(/PRIVATE|KeyObject/);
    expect(JSON.stringify(signer)).to.not.match(/PRIVATE/);
  });

  it('fails with what to do when a key file is broken, and leaves the file alone', async () => {
    const folder = emptyFolder();
    await openTestSeal(folder, stoppedClock());
    const path = join(folder, 'keys', 'test-seal-0001.pem');
    chmodSync(path, 0o600);
    writeFileSync(path, 'broken');
    const failure = await openTestSeal(folder, stoppedClock()).then(
      () => undefined,
      (error: Error) => error,
    );
    expect(failure?.message).to.contain('Move the files of `keys` away');
    expect(keyFiles(folder)).to.have.length(2);
  });
});
