import { writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  findRecord,
  hastenRevalidations,
  listEntries,
  verdictHistory,
} from '../../src/archive/data-management/index.ts';
import { amendRecord } from '../../src/archive/ingest/index.ts';
import { keepEvidence, queueRevalidation, revalidateDue } from '../../src/archive/preservation/index.ts';
import { readWhole, utcSeconds } from '../../src/base/index.ts';
import type { OpenArchive } from '../../src/service/cli/index.ts';
import { keep, type TestArchive, testArchive } from '../support/archive.ts';
import { emptyFolder } from '../support/folders.ts';
import { sampleContent, signedCms } from '../support/signed-cms.ts';
import { type ToyPki, toyPki } from '../support/toy-pki.ts';

const day = 86_400_000;

describe('the re-validation of signatures', function () {
  this.timeout(60_000);
  let pki: ToyPki;
  let now: number;
  const clock = () => new Date(now);
  const pass = (days: number) => {
    now += days * day;
  };

  beforeEach(async () => {
    pki = await toyPki({ url: 'http://toy.test' });
    now = pki.at.getTime();
  });

  async function archiveWithTrust(): Promise<TestArchive> {
    const trust = emptyFolder();
    await mkdir(trust, { recursive: true });
    writeFileSync(join(trust, 'root.pem'), pki.anchorPem);
    return testArchive({ TRAJNO_TRUST: trust }, clock);
  }

  /** The archive, with revocation lists of now to be had. */
  function online(archive: OpenArchive) {
    const obtain = async ({ kind, urls }: { kind: string; urls: readonly string[] }) => {
      if (kind !== 'CRL') return undefined;
      const issuer = urls.some((url) => url.includes('root')) ? pki.root : pki.intermediate;
      return pki.crl({ issuer, thisUpdate: clock() });
    };
    return { ...archive.evidence, materialSource: { obtain } };
  }

  const history = async (archive: OpenArchive, id: string) =>
    (await verdictHistory(archive.context.catalog, id)).map(({ indication, subIndication = '', trigger }) =>
      [indication, subIndication, trigger].join(' '),
    );

  it('comes seven days after archiving, and then every year; each run is a line of history', async () => {
    const archive = await (await archiveWithTrust()).open();
    const { id } = await keep(archive, { 'a.p7m': await signedCms({ pki }) });
    expect(await queueRevalidation(archive.evidence)).to.equal(undefined);
    pass(8);
    expect(await queueRevalidation(archive.evidence)).to.be.a('string');
    expect(await queueRevalidation(archive.evidence)).to.equal(undefined);
    expect(await revalidateDue(online(archive))).to.include({ records: 1, signatures: 1, unread: 0 });
    expect(await revalidateDue(online(archive))).to.include({ records: 0 });
    pass(366);
    expect(await revalidateDue(online(archive))).to.include({ records: 1 });
    expect((await history(archive, id)).map((line) => line.split(' ').at(-1))).to.deep.equal(['first', 'yearly']);
  });

  it('leaves records without signatures alone', async () => {
    const archive = await (await archiveWithTrust()).open();
    await keep(archive, { 'a.txt': 'без потписа' });
    pass(8);
    expect(await revalidateDue(archive.evidence)).to.include({ records: 0 });
  });

  it('keeps a report in the store, in ETSI’s form too, only where a verdict changes, and says why', async () => {
    const archive = await (await archiveWithTrust()).open();
    const { catalog, storage, institution } = archive.context;
    const { id, signatures } = await keep(archive, { 'a.p7m': await signedCms({ pki }) });
    expect(signatures[0]?.indication).to.equal('INDETERMINATE'); // nothing was to be had about revocation
    pass(8);
    const first = await revalidateDue(online(archive));
    pass(30);
    await hastenRevalidations(catalog, utcSeconds(clock()), 'request');
    const second = await revalidateDue(online(archive));
    expect([first.changed, second.changed]).to.deep.equal([1, 0]);
    const entries = await listEntries(catalog, {
      institution: institution.id,
      type: 'signatures.revalidated',
      limit: 9,
    });
    const reports = entries.map(({ detail }) => detail.report).reverse();
    expect(reports[0]).to.match(/^urn:trajno:validation-report:/);
    expect(reports[1]).to.equal(undefined);
    const inventory = await storage.readInventory(String(reports[0]));
    const paths = Object.values(inventory?.versions.v1?.state ?? {}).flat();
    expect(paths.some((path) => /^material\/[0-9a-f]{64}\.crl$/.test(path))).to.equal(true);
    expect(paths.some((path) => /^etsi\/1-.*\.xml$/.test(path))).to.equal(true);
    const text = Buffer.from(await readWhole(await storage.openState(String(reports[0]), 'report.json'), 1 << 24));
    expect(JSON.parse(text.toString()).reports[0].report.signatures[0].indication).to.equal(
      (await findRecord(catalog, institution.id, id))?.signatures[0]?.indication,
    );
  });

  it('finds a certificate that was revoked after archiving, and another document stays as it was', async () => {
    const archive = await (await archiveWithTrust()).open();
    const signer = await pki.signer({ name: 'Опозвани потписник' });
    const good = await keep(archive, { 'a.p7m': await signedCms({ pki }) });
    const bad = await keep(archive, { 'b.p7m': await signedCms({ pki, signatures: [{ signer }] }) });
    pass(8);
    await revalidateDue(online(archive));
    pass(30);
    await hastenRevalidations(archive.context.catalog, utcSeconds(clock()), 'request');
    pki.revoke(signer, new Date(now - 10 * day));
    await revalidateDue(online(archive));
    const last = async (id: string) => (await history(archive, id)).at(-1);
    expect(await last(bad.id)).to.match(/REVOKED/);
    expect(await last(good.id)).to.not.match(/REVOKED/);
  });

  it('takes what was found before over a new version’s older verdicts by validating that at once', async () => {
    const archive = await (await archiveWithTrust()).open();
    const { id } = await keep(archive, { 'a.p7m': await signedCms({ pki }) });
    pass(8);
    await revalidateDue(online(archive));
    await amendRecord(archive.context, { record: id, actor: 'officer', reason: 'typing error', title: 'Други наслов' });
    expect(await revalidateDue(online(archive))).to.include({ records: 1 });
  });

  it('comes for all records when a new engine or a new trust list may change any verdict', async () => {
    const archive = await (await archiveWithTrust()).open();
    const { id } = await keep(archive, { 'a.p7m': await signedCms({ pki }) });
    await queueRevalidation(archive.evidence);
    pass(8);
    await revalidateDue(archive.evidence);
    now += 1000;
    const newer = { ...archive.evidence, software: { name: 'Trajno', version: '9.9.9' } };
    expect(await queueRevalidation(newer)).to.be.a('string');
    await revalidateDue(newer);
    await hastenRevalidations(archive.context.catalog, utcSeconds(clock()), 'trust-list');
    pass(1);
    await revalidateDue(archive.evidence);
    expect((await history(archive, id)).map((line) => line.split(' ').at(-1))).to.deep.equal([
      'first',
      'engine',
      'trust-list',
    ]);
  });

  it('uses the archive’s evidence as proof once the signer’s certificate has expired, and not a test authority’s', async () => {
    const place = await archiveWithTrust();
    const archive = await place.open();
    const { id } = await keep(archive, { 'a.p7m': await signedCms({ pki }) });
    now += 61_000;
    const toy = {
      name: 'toy',
      isTest: false,
      stamp: async ({ value }: { value: Uint8Array }) => ({
        token: await pki.timestamps({ at: clock() })({
          algorithm: 'sha512',
          value: Buffer.from(value).toString('hex'),
        }),
        authority: 'toy',
        isTest: false,
        productionTime: clock(),
        expiresAt: new Date(now + 3 * 365 * day),
        material: {
          certificates: [],
          crls: [await pki.crl({ thisUpdate: clock() }), await pki.crl({ issuer: pki.root, thisUpdate: clock() })],
          ocspResponses: [],
        },
      }),
    };
    const authorities = {
      names: ['toy'],
      health: () => [],
      stamp: (imprint: { algorithm: string; value: Uint8Array }) => toy.stamp(imprint),
    };
    await keepEvidence({ ...archive.evidence, authorities });
    pass(8);
    await revalidateDue(online(archive));
    const [first] = await verdictHistory(archive.context.catalog, id);
    expect(first?.indication).to.equal('TOTAL_PASSED');
    expect(first?.bestSignatureTime).to.equal(utcSeconds(new Date(pki.at.getTime() + 61_000)));
  });

  it('knows a document that was validated before from one that cannot be read: that is tried again the next day', async () => {
    const archive = await (await archiveWithTrust()).open();
    await keep(archive, { 'a.p7m': await signedCms({ pki }), 'b.txt': Buffer.from(sampleContent) });
    pass(8);
    const { storage } = archive.evidence;
    const broken = {
      ...archive.evidence,
      storage: { ...storage, readInventory: async () => undefined },
    };
    const report = await revalidateDue(broken);
    expect(report.records).to.equal(1);
  });
});
