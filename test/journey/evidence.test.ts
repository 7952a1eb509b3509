import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { keep, testArchive } from '../support/archive.ts';
import { trajno } from '../support/command.ts';
import { enrichNewest, evidenceBatch, recordOf } from '../support/evidence-batch.ts';
import { type EvidenceStep, evidenceRecord, initial } from '../support/evidence-record.ts';
import { emptyFolder } from '../support/folders.ts';
import { enrichment, yearlySteps } from '../support/renewed-evidence.ts';
import { daysFrom } from '../support/toy-certificates.ts';
import { type ToyPki, toyPki } from '../support/toy-pki.ts';

/** A stranger with an evidence record, the file, and the certificate of the time-stamping authority, and no archive. */
describe('an evidence record on the command line', function () {
  this.timeout(60_000);
  const folder = emptyFolder();
  const at = (name: string) => join(folder, name);
  const data = at('уговор.txt');

  let pki: ToyPki;

  before(async () => {
    pki = await toyPki({ at: new Date() });
    mkdirSync(at('trust'));
    writeFileSync(at('trust/tsa.der'), pki.timestampAuthority.signer.chain[0]);
    writeFileSync(data, 'Уговор');
    writeFileSync(at('other.txt'), 'друго');
    const steps: EvidenceStep[] = [initial, { renews: 'hash-tree', algorithm: 'sha512' }];
    writeFileSync(at('record.ers'), await evidenceRecord(pki, 'ASN.1', [Buffer.from('Уговор')], steps));
    writeFileSync(at('record.xml'), await evidenceRecord(pki, 'XML', [Buffer.from('Уговор')], steps));
  });

  const verify = async (...args: string[]) => {
    const { code, out } = await trajno(['evidence', 'verify', ...args, '--json'], { TRAJNO_DATA: at('data') });
    return { code, said: JSON.parse(out) };
  };

  it('passes over the file that it was made of, in both forms', async () => {
    for (const name of ['record.ers', 'record.xml']) {
      const { code, said } = await verify(at(name), '--data', data, '--trust', at('trust'));
      expect([code, said.result, said.trust]).to.deep.equal([0, 'PASSED', 'given']);
      const ids = said.checks.map(({ id, outcome }: { id: string; outcome: string }) => `${id} ${outcome}`);
      const stamps = ['archive-time-stamp PASSED', 'archive-time-stamp PASSED'];
      expect(ids).to.deep.equal(['evidence-record PASSED', 'data-object PASSED', ...stamps]);
    }
  });

  it('fails over a file that is not under it, and says which', async () => {
    const { code, said } = await verify(
      at('record.ers'),
      '--data',
      data,
      '--data',
      at('other.txt'),
      '--trust',
      at('trust'),
    );
    expect([code, said.result]).to.deep.equal([1, 'FAILED']);
    const failed = said.checks.filter(
      ({ id, outcome }: Record<string, string>) => id === 'data-object' && outcome === 'FAILED',
    );
    expect(failed.map(({ place }: { place: string }) => place)).to.deep.equal([at('other.txt')]);
  });

  it('fails when one of its time-stamps is over something else, and says which', async () => {
    const steps: EvidenceStep[] = [
      initial,
      { renews: 'time-stamp', edit: ([one]) => [Buffer.alloc(one?.length ?? 0)] },
    ];
    writeFileSync(at('swapped.ers'), await evidenceRecord(pki, 'ASN.1', [Buffer.from('Уговор')], steps));
    const { code, said } = await verify(at('swapped.ers'), '--data', data, '--trust', at('trust'));
    expect([code, said.result]).to.deep.equal([1, 'FAILED']);
    const stamps = said.checks.filter(({ id }: Record<string, string>) => id === 'archive-time-stamp');
    expect(stamps.map(({ outcome }: { outcome: string }) => outcome)).to.deep.equal(['PASSED', 'FAILED']);
  });

  it('passes years later over a group, with nothing but the record, the files and the root', async () => {
    const old = await toyPki({ at: daysFrom(new Date(), -2 * 365), world: 'Stari' });
    const groups = [[Buffer.from('Уговор'), Buffer.from('друго')], [Buffer.from('treće')]];
    const batch = await evidenceBatch(groups, await yearlySteps(old, ['sha256', 'time-stamp', 'sha512']));
    const enriched = await enrichNewest(batch, enrichment(old, daysFrom(new Date(), -0.2 * 365 + 1)));
    writeFileSync(at('old.ers'), recordOf(enriched));
    writeFileSync(at('old.pem'), old.anchorPem);
    const over = ['--data', data, '--data', at('other.txt')];
    const { code, said } = await verify(at('old.ers'), ...over, '--trust', at('old.pem'));
    expect([code, said.result, said.trust], JSON.stringify(said)).to.deep.equal([0, 'PASSED', 'given']);
    expect((await verify(at('old.ers'), ...over)).said).to.include({ result: 'INDETERMINATE', trust: 'embedded-only' });
  });

  it('never passes by what lies in it alone', async () => {
    const { code, said } = await verify(at('record.xml'), '--data', data);
    expect([code, said.result, said.trust]).to.deep.equal([1, 'INDETERMINATE', 'embedded-only']);
  });

  it('fails when it is none', async () => {
    const { code, said } = await verify(at('other.txt'), '--data', data);
    expect([code, said.result]).to.deep.equal([1, 'FAILED']);
  });

  it('wants to be told what it is over', async () => {
    const environment = { TRAJNO_DATA: at('data') };
    expect((await trajno(['evidence', 'verify', at('record.ers')], environment)).code).to.equal(2);
    expect((await trajno(['evidence', 'verify', at('gone.ers'), '--data', data], environment)).code).to.equal(2);
    expect((await trajno(['evidence', 'burn', at('record.ers'), '--data', data], environment)).code).to.equal(2);
  });

  it('is validated like a document, with its contents beside it', async () => {
    const args = ['validate', at('record.ers'), '--content', data, '--trust', at('trust'), '--offline', '--json'];
    const { code, out } = await trajno(args, { TRAJNO_DATA: at('data') });
    const { container, signatures, evidenceRecords } = JSON.parse(out);
    expect([code, container, signatures]).to.deep.equal([0, 'ER', []]);
    expect(evidenceRecords[0]).to.include({ type: 'ASN1_EVIDENCE_RECORD', indication: 'PASSED' });
    expect(evidenceRecords[0].timestamps).to.have.length(2);
  });
});

describe('an evidence record that comes with a record', () => {
  it('is validated over the file that it is named after, and stands among the signatures', async () => {
    const pki = await toyPki();
    const trust = emptyFolder();
    writeFileSync(join(trust, 'tsa.der'), pki.timestampAuthority.signer.chain[0]);
    const archive = await testArchive({ TRAJNO_TRUST: trust }).open();
    const evidence = await evidenceRecord(pki, 'ASN.1', [Buffer.from('Уговор')]);
    const good = await keep(archive, { 'уговор.txt': 'Уговор', 'уговор.txt.ers': evidence });
    expect(good.state).to.equal('archived');
    const shown = good.signatures.map(({ format, indication }) => [format, indication]);
    expect(shown).to.deep.equal([['ASN1_EVIDENCE_RECORD', 'TOTAL_PASSED']]);
    const bad = await keep(archive, { 'уговор.txt': 'друго', 'уговор.txt.ers': evidence });
    // the profile “general” archives what fails, with the verdict
    expect(bad.state).to.equal('archived');
    expect(bad.signatures[0]).to.include({ indication: 'TOTAL_FAILED', subIndication: 'HASH_FAILURE' });
  });
});
