import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { exportRecord, makeDip, verifyExport, writePackageFiles } from '../../../src/archive/access/index.ts';
import { startPeriod } from '../../../src/archive/administration/index.ts';
import type { CatalogRecord } from '../../../src/archive/data-management/index.ts';
import { findRecord } from '../../../src/archive/data-management/index.ts';
import {
  closeBatch,
  type EvidenceContext,
  keepEvidence,
  type StatusFacts,
  statusStatement,
} from '../../../src/archive/preservation/index.ts';
import { timestampAuthorities } from '../../../src/archive/trust-services/index.ts';
import type { OpenArchive } from '../../../src/service/cli/index.ts';
import { keep, testArchive } from '../../support/archive.ts';
import { emptyFolder } from '../../support/folders.ts';
import { signedCms } from '../../support/signed-cms.ts';
import { toyPki } from '../../support/toy-pki.ts';
import { toyTrust } from '../../support/toy-trust.ts';

const name = 'status-statement.json';

describe('the statement of fields 11 to 14', function () {
  this.timeout(60_000);
  let now = Date.parse('2025-11-25T08:00:00Z');
  const clock = () => new Date(now);
  let archive: OpenArchive;
  let context: EvidenceContext & OpenArchive['context'];
  let record: CatalogRecord;
  const anchors = async () => [
    ...(await archive.context.anchors()),
    ...(await archive.ownAnchors()).map(({ pem }) => pemToDer(pem)),
    ...(await context.timestampAnchors()),
  ];
  const facts = async (): Promise<StatusFacts> => (await statusStatement(context, { record: record.id })).facts;
  const exported = async () => {
    const [path = ''] = await exportRecord(context, { record: record.id, form: 'folder', to: emptyFolder() });
    return path;
  };
  const checked = async (path: string) =>
    (await verifyExport(path, await anchors(), clock())).checks.filter(({ id }) => id === 'status');

  before(async () => {
    archive = await testArchive({}, clock).open();
    const trust = toyTrust(clock);
    const root = await trust.make({ name: 'Koren', key: 'ecdsa', profile: 'authority', years: 30 });
    const holder = await trust.make({ name: 'Žig', key: 'ecdsa', profile: 'timestamps', years: 3, issuer: root });
    context = {
      ...archive.evidence,
      ...archive.context,
      authorities: timestampAuthorities([trust.authority('Žig', async () => holder)], clock),
      timestampAnchors: trust.anchors,
      materialSource: trust.source,
    };
    const signed = await signedCms({ pki: await toyPki({ at: clock() }) });
    record = await keep(archive, { 'odluka.p7m': signed }, { category: 'K', fields: { brojPredmeta: '17/2026' } });
  });

  it('says what is known: no time-stamp yet, a signed document, a case that is being worked on', async () => {
    const { datumVremenskogZiga, rokZaObnovu, statusPredmeta, statusDokumenta } = await facts();
    expect([datumVremenskogZiga, rokZaObnovu]).to.deep.equal([undefined, undefined]);
    expect(statusPredmeta).to.deep.equal({ status: 'u obradi', case: '17/2026' });
    expect(statusDokumenta).to.equal('potpisan, odnosno pečatiran');
  });

  it('follows evidence and the journal, and makes no version of the package', async () => {
    await closeBatch(context);
    await startPeriod(context, { case: '17/2026', event: 'case-closed', date: '2025-11-24', actor: 'officer' });
    const first = await facts();
    expect(first.datumVremenskogZiga?.first).to.equal(first.datumVremenskogZiga?.latest);
    expect(first.statusPredmeta).to.deep.equal({ status: 'arhiviran', case: '17/2026', closedOn: '2025-11-24' });
    now += 2.9 * 365 * 86_400_000;
    await keepEvidence(context);
    const renewed = await facts();
    expect(renewed.datumVremenskogZiga?.first).to.equal(first.datumVremenskogZiga?.first);
    expect(Date.parse(renewed.datumVremenskogZiga?.latest ?? '')).to.be.at.least(now - 1000);
    expect(renewed.statusDokumenta).to.equal('nadograđen/obnovljen');
    expect(renewed.basis.renewals).to.equal(1);
    expect((await findRecord(context.catalog, context.institution.id, record.id))?.version).to.equal(1);
  });

  it('goes with an AIP and within a DIP, and is verified there without the archive', async () => {
    const aip = await checked(await exported());
    expect(
      aip.map(({ outcome }) => outcome),
      JSON.stringify(aip),
    ).to.deep.equal(['PASSED']);
    const to = emptyFolder();
    const dip = await writePackageFiles(await makeDip(context, { record: record.id, actor: 'officer' }), {
      form: 'zip',
      to,
    });
    const inside = await checked(dip);
    expect(
      inside.map(({ outcome }) => outcome),
      JSON.stringify(inside),
    ).to.deep.equal(['PASSED']);
    expect(inside[0]?.detail).to.include('nadograđen/obnovljen');
  });

  for (const [what, change] of [
    ['was altered', (text: string) => text.replace('arhiviran', 'rešen')],
    ['is of another record', (text: string) => text.replace(/"id": "urn:uuid:[^"]+"/, '"id": "urn:uuid:other"')],
    ['names other documents', (text: string) => text.replace(/"sha512": "[^"]+"/, '"sha512": "00"')],
    [
      'names a time-stamp that no evidence shows',
      (text: string) => text.replace(/"latest": "[^"]+"/, '"latest": "2020-01-01T00:00:00Z"'),
    ],
    ['is no JSON', () => '{'],
  ] as const)
    it(`fails where it ${what}`, async () => {
      const path = await exported();
      const file = join(`${path}.with`, name);
      const before = readFileSync(file, 'utf8');
      writeFileSync(file, change(before));
      expect(readFileSync(file, 'utf8')).to.not.equal(before);
      expect((await checked(path)).map(({ outcome }) => outcome)).to.deep.equal(['FAILED']);
    });

  it('fails where its seal is missing', async () => {
    const path = await exported();
    const copy = emptyFolder();
    cpSync(path, join(copy, path.split('/').at(-1) ?? ''), { recursive: true });
    const beside = join(copy, `${path.split('/').at(-1)}.with`);
    cpSync(`${path}.with`, beside, { recursive: true, filter: (file) => !file.endsWith('statement.json.p7s') });
    expect(readdirSync(beside)).to.include(name);
    expect((await checked(join(copy, path.split('/').at(-1) ?? '')))[0]?.outcome).to.equal('FAILED');
  });
});

function pemToDer(pem: string): Uint8Array {
  return Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
}
