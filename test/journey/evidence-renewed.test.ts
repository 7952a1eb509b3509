import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { listBatches, listEntries } from '../../src/archive/data-management/index.ts';
import {
  closeBatch,
  type EvidenceContext,
  isEvidenceDue,
  keepEvidence,
  renewWhatRestsOn,
  versionEvidence,
} from '../../src/archive/preservation/index.ts';
import { timestampAuthorities } from '../../src/archive/trust-services/index.ts';
import { bytesReader, readWhole } from '../../src/base/index.ts';
import type { OpenArchive } from '../../src/service/cli/index.ts';
import { examineEvidenceRecord } from '../../src/standards/evidence/index.ts';
import { objectPath } from '../../src/standards/ocfl/index.ts';
import type { CertificateHolder } from '../../src/standards/seals/index.ts';
import { defaultPolicy, type ValidationPolicy, validateDocument } from '../../src/standards/signatures/index.ts';
import { keep, testArchive } from '../support/archive.ts';
import { trajno } from '../support/command.ts';
import { type ToyTrust, toyTrust } from '../support/toy-trust.ts';

const day = 86_400_000;

/** An archive with two authorities, each under a root of its own. */
async function archiveWithTwo() {
  let now = Date.parse('2026-11-25T08:00:00Z');
  const clock = () => new Date(now);
  const pass = (milliseconds: number) => {
    now += milliseconds;
  };
  const trust = toyTrust(clock);
  const holders = new Map<string, CertificateHolder>();
  for (const [name, years] of [
    ['Istok', 6],
    ['Zapad', 12],
  ] as const) {
    const root = await trust.make({ name: `${name} koren`, key: 'ecdsa', profile: 'authority', years: 30 });
    holders.set(name, await trust.make({ name, key: 'ecdsa', profile: 'timestamps', years, issuer: root }));
  }
  const holderOf = (name: string) => holders.get(name) as CertificateHolder;
  const stampedBy = (...names: string[]) =>
    timestampAuthorities(
      names.map((name) => trust.authority(name, async () => holderOf(name))),
      clock,
    );
  const place = testArchive({}, clock);
  const archive = await place.open();
  const context: EvidenceContext = {
    ...archive.evidence,
    authorities: stampedBy('Istok', 'Zapad'),
    timestampAnchors: trust.anchors,
    materialSource: trust.source,
  };
  return { place, clock, pass, trust, archive, context, holderOf, stampedBy };
}

async function verdictOf(
  { archive, trust, clock }: { archive: OpenArchive; trust: ToyTrust; clock: () => Date },
  id: string,
  policy: ValidationPolicy = defaultPolicy,
): Promise<string> {
  const evidence = await versionEvidence(archive.evidence, id, 1);
  const path = evidence?.files.find((file) => file.path.endsWith('a.txt'))?.path ?? '';
  const file = await readWhole(await archive.context.storage.openState(id, path, 1), 1 << 24);
  const report = await validateDocument({
    document: bytesReader((await evidence?.recordOf(path)) ?? new Uint8Array()),
    name: 'evidence.ers',
    contents: [{ name: path, reader: bytesReader(file) }],
    anchors: await trust.anchors(),
    validationTime: clock(),
    policy,
    examineEvidenceRecord,
  });
  const [{ indication, subIndication = '' } = { indication: 'none' }] = report.evidenceRecords;
  return [indication, subIndication].join('/');
}

const failures = async ({ context }: OpenArchive) =>
  (await listEntries(context.catalog, { institution: context.institution.id, type: 'evidence.failed', limit: 9 }))
    .length;

describe('evidence that is renewed because something fell', function () {
  this.timeout(120_000);

  it('is renewed by another authority as long as the fallen one’s revocation is not published', async () => {
    const scene = await archiveWithTwo();
    const { archive, context, pass, trust, holderOf } = scene;
    const { id } = await keep(archive, { 'a.txt': 'један' });
    pass(61_000);
    await closeBatch(context);
    pass(10 * day);
    const { renewed, broken } = await renewWhatRestsOn(context, { authority: 'Istok' });
    expect([renewed.length, broken]).to.deep.equal([1, []]);
    const [batch] = await listBatches(context.catalog, { limit: 1 });
    expect(batch).to.include({ authority: 'Zapad', timestamps: 2 });
    pass(day);
    trust.revoke(holderOf('Istok'));
    pass(7 * 365 * day); // the fallen authority's certificate has ended, too
    expect(await keepEvidence(context)).to.include({ broken: 0 });
    expect(await verdictOf(scene, id)).to.equal('PASSED/');
    expect((await renewWhatRestsOn(context, { authority: 'Istok' })).renewed).to.deep.equal([]);
  });

  it('leaves alone what an independent time-stamp covers already', async () => {
    const scene = await archiveWithTwo();
    const { archive, context, pass, trust, holderOf, stampedBy } = scene;
    const { id } = await keep(archive, { 'a.txt': 'један' });
    pass(61_000);
    await closeBatch(context);
    pass(2050 * day);
    await keepEvidence({ ...context, authorities: stampedBy('Zapad') });
    pass(day);
    trust.revoke(holderOf('Istok'));
    expect(await renewWhatRestsOn(context, { authority: 'Istok' })).to.deep.equal({ renewed: [], broken: [] });
    expect(await verdictOf(scene, id)).to.equal('PASSED/');
  });

  it('falls back on the time-stamp before the fallen authority’s, though its list says already that it is revoked', async () => {
    const scene = await archiveWithTwo();
    const { archive, context, pass, trust, holderOf, stampedBy } = scene;
    const { id } = await keep(archive, { 'a.txt': 'један' });
    pass(61_000);
    await closeBatch({ ...context, authorities: stampedBy('Zapad') });
    pass(4250 * day);
    const root = await trust.make({ name: 'Sever koren', key: 'ecdsa', profile: 'authority', years: 30 });
    const other = await trust.make({ name: 'Sever', key: 'ecdsa', profile: 'timestamps', years: 6, issuer: root });
    const third = await trust.make({ name: 'Jug', key: 'ecdsa', profile: 'timestamps', years: 6, issuer: root });
    const authorities = timestampAuthorities(
      [trust.authority('Sever', async () => other), trust.authority('Jug', async () => third)],
      scene.clock,
    );
    expect(await keepEvidence({ ...context, authorities })).to.include({ renewed: 1 });
    pass(day);
    trust.revoke(other, new Date(scene.clock().getTime() - 0.9 * day));
    const report = await renewWhatRestsOn({ ...context, authorities }, { authority: 'Sever' });
    expect([report.renewed.length, report.broken]).to.deep.equal([1, []]);
    const [batch] = await listBatches(context.catalog, { limit: 1 });
    expect(batch).to.include({ authority: 'Jug', timestamps: 2 });
    expect(await verdictOf(scene, id)).to.equal('PASSED/');
    expect(await failures(archive)).to.equal(0);
    expect(holderOf('Zapad')).to.not.equal(undefined);
  });

  it('is told to be lost where nothing but the fallen authority’s time-stamp was there, and it is revoked', async () => {
    const { archive, context, pass, trust, holderOf } = await archiveWithTwo();
    await keep(archive, { 'a.txt': 'један' });
    pass(61_000);
    await closeBatch(context);
    pass(day);
    trust.revoke(holderOf('Istok'));
    pass(3_600_000);
    const { renewed, broken } = await renewWhatRestsOn(context, { authority: 'Istok' });
    expect([renewed, broken.length]).to.deep.equal([[], 1]);
    expect(await failures(archive)).to.equal(1);
  });

  it('is renewed although another batch is damaged in every location, and that is told', async () => {
    const { place, archive, context, pass } = await archiveWithTwo();
    for (const text of ['један', 'два', 'три']) {
      await keep(archive, { 'a.txt': text });
      pass(61_000);
      await closeBatch(context);
    }
    const [unreadable, missing, whole] = await listBatches(context.catalog, { limit: 3 });
    for (const location of ['first', 'second'])
      writeFileSync(
        join(place.store(location), objectPath(unreadable?.id ?? ''), 'v1/content/chains/1/1.tst'),
        'no time-stamp any more',
      );
    rmSync(join(place.store('second'), objectPath(missing?.id ?? '')), { recursive: true });
    pass(2050 * day);
    const due = (await listBatches(context.catalog, { limit: 3 })).length;
    expect(await keepEvidence(context)).to.include({ renewed: due - 2, broken: 2 });
    expect((await listBatches(context.catalog, { limit: 3 })).find(({ id }) => id === whole?.id)?.timestamps).to.equal(
      2,
    );
    expect(await failures(archive)).to.equal(2);
  });

  it('gets a new chain by another digest algorithm when one falls overnight', async () => {
    const scene = await archiveWithTwo();
    const { archive, context, pass } = scene;
    const { id } = await keep(archive, { 'a.txt': 'један' });
    pass(61_000);
    await closeBatch(context);
    pass(day);
    expect((await renewWhatRestsOn(context, { digest: 'sha512' })).renewed).to.have.lengthOf(1);
    const [batch] = await listBatches(context.catalog, { limit: 1 });
    expect(batch).to.include({ digest: 'sha384', chains: 2 });
    expect(await verdictOf(scene, id)).to.equal('PASSED/');
  });

  it('is due before an algorithm of its time-stamp lapses, also by a table that comes later', async () => {
    const scene = await archiveWithTwo();
    const { archive, context, pass, stampedBy, clock, trust } = scene;
    const { id } = await keep(archive, { 'a.txt': 'један' });
    pass(61_000);
    const byZapad = { ...context, authorities: stampedBy('Zapad') };
    await keepEvidence(byZapad);
    pass(365 * day);
    expect(await isEvidenceDue(byZapad)).to.equal(false);
    const curves = [{ bits: 256, until: '2028-11-01' }, { bits: 384 }];
    const { cryptography } = defaultPolicy;
    const validationPolicy: ValidationPolicy = {
      ...defaultPolicy,
      cryptography: { ...cryptography, keys: { ...cryptography.keys, ECDSA: curves } },
    };
    const root = await trust.make({ name: 'Jug koren', key: 'ecdsa-p384', profile: 'authority', years: 30 });
    const jug = await trust.make({ name: 'Jug', key: 'ecdsa-p384', profile: 'timestamps', years: 6, issuer: root });
    const authorities = timestampAuthorities(
      [
        trust.authority(
          'Jug',
          async () => jug,
          () => validationPolicy,
        ),
      ],
      clock,
    );
    const later = { ...context, authorities, validationPolicy };
    expect(await isEvidenceDue(later)).to.equal(true);
    expect(await keepEvidence(later)).to.include({ renewed: 0, broken: 0 });
    pass(200 * day);
    expect(await keepEvidence(later)).to.include({ renewed: 1, broken: 0 });
    pass(365 * day);
    expect(await verdictOf(scene, id, validationPolicy)).to.equal('PASSED/');
  });

  it('is renewed on the command line, which wants to know what fell', async () => {
    const place = testArchive({}, () => new Date());
    const archive = await place.open();
    await keep(archive, { 'a.txt': 'један' });
    await closeBatch(archive.evidence);
    await archive.close();
    const environment = { TRAJNO_DATA: place.config.dataFolder, TRAJNO_ONLINE: 'no' };
    const renew = (...args: string[]) => trajno(['evidence', 'renew', ...args, '--json'], environment);
    expect((await renew()).code).to.equal(2);
    expect((await renew('--digest', 'md5')).code).to.equal(2);
    expect((await renew('--authority', 'a', '--digest', 'sha512')).code).to.equal(2);
    const { code, out } = await renew('--digest', 'sha512');
    expect([code, JSON.parse(out).renewed.length]).to.deep.equal([0, 1]);
    const nobody = await renew('--authority', 'nobody we know');
    expect([nobody.code, JSON.parse(nobody.out)]).to.deep.equal([0, { renewed: [], broken: [] }]);
  });
});
