import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { recordHistory } from '../../src/archive/access/index.ts';
import { disposeRecord } from '../../src/archive/administration/index.ts';
import { findRecord, findRecordAsKnown, listEntries, listJobs } from '../../src/archive/data-management/index.ts';
import { amendRecord } from '../../src/archive/ingest/index.ts';
import {
  audit,
  installSignatures,
  queueReidentification,
  reidentify,
  watchFormats,
} from '../../src/archive/preservation/index.ts';
import { rebuildFrom } from '../../src/restore.ts';
import type { OpenArchive } from '../../src/service/cli/index.ts';
import { startWorker } from '../../src/service/worker/index.ts';
import { readShippedSignatures } from '../../src/shipped-signatures.ts';
import { combineSignatureFiles } from '../../src/standards/pronom/index.ts';
import { keep, testArchive } from '../support/archive.ts';

/** A release of the registry that knows one format more: text that begins with `ZAPIS`. */
async function newerSignatures(version = '900') {
  const shipped = await readShippedSignatures();
  const file = `<FFSignatureFile Version="${version}" xmlns="http://www.nationalarchives.gov.uk/pronom/SignatureFile">
    <InternalSignatureCollection>
      <InternalSignature ID="1"><ByteSequence Reference="BOFoffset">
        <SubSequence Position="1" SubSeqMinOffset="0" SubSeqMaxOffset="0"><Sequence>5A41504953</Sequence></SubSequence>
      </ByteSequence></InternalSignature>
    </InternalSignatureCollection>
    <FileFormatCollection>
      <FileFormat ID="1" PUID="fmt/9001" Name="Zapisnik" MIMEType="application/x-zapisnik"><InternalSignatureID>1</InternalSignatureID></FileFormat>
    </FileFormatCollection></FFSignatureFile>`;
  return combineSignatureFiles([Buffer.from(file)], shipped);
}

async function puidsOf({ context }: OpenArchive, id: string): Promise<(string | undefined)[]> {
  const record = await findRecordAsKnown(context.catalog, 'default', id);
  return (record?.files ?? []).map(({ puid }) => puid);
}

const reidentifications = ({ context }: OpenArchive) =>
  listEntries(context.catalog, { institution: 'default', type: 'format.reidentified', limit: 200 });

/** Lets a worker run until no job is left. */
async function workOff(archive: OpenArchive): Promise<void> {
  const failures: unknown[] = [];
  const worker = startWorker({ ...archive, onFailure: (_, error) => failures.push(error) });
  while (
    (await listJobs(archive.context.catalog, 'default', 100)).some(
      ({ state }) => state !== 'done' && state !== 'failed',
    )
  )
    await new Promise((resolve) => setTimeout(resolve, 20));
  await worker.stop();
  expect(failures).to.deep.equal([]);
}

describe('newer signatures of formats', function () {
  this.timeout(60_000);

  it('are used for what comes after them, and its package says so', async () => {
    const archive = await testArchive().open();
    const { context } = archive;
    expect((await context.formatSignatures()).versions.droid).to.equal('V109');
    await installSignatures(context, await newerSignatures(), 'operator');
    const record = await keep(archive, { 'z.txt': 'ZAPIS one' });
    expect(record.files[0]).to.include({ puid: 'fmt/9001', formatName: 'Zapisnik', formatBasis: 'signature' });
    const { preservation } = await recordHistory(context, record);
    const identification = preservation.find(({ type }) => type === 'format identification');
    expect(identification?.detail).to.equal('PRONOM signatures V900, container signatures 25');
  });

  it('are in use in a process that was open before they were installed', async () => {
    const place = testArchive();
    const [one, other] = [await place.open(), await place.open()];
    await other.context.formatSignatures();
    await installSignatures(one.context, await newerSignatures(), 'operator');
    expect((await other.context.formatSignatures({ fresh: true })).versions.droid).to.equal('V900');
  });

  it('older than those of the release are not used', async () => {
    const { context } = await testArchive().open();
    await installSignatures(context, await newerSignatures('12'), 'operator');
    expect((await context.formatSignatures({ fresh: true })).versions.droid).to.equal('V109');
  });

  it('tell what the holdings are by now: an entry where something changed, none where nothing did', async () => {
    const archive = await testArchive().open();
    const { context } = archive;
    const changed = await keep(archive, { 'secret name.txt': 'ZAPIS one', 'plain.txt': 'plain' });
    const same = await keep(archive, { 'plain.txt': 'plain too' });
    await queueReidentification(context, context.formatSignatures, 'operator');
    await workOff(archive);
    expect(await reidentifications(archive)).to.deep.equal([]);
    await installSignatures(context, await newerSignatures(), 'operator');
    expect(await queueReidentification(context, context.formatSignatures, 'operator')).to.be.a('string');
    expect(await queueReidentification(context, context.formatSignatures, 'operator'), 'twice').to.equal(undefined);
    await workOff(archive);
    const [job] = await listJobs(context.catalog, 'default', 1);
    expect(job?.outcome).to.deep.equal({ signatures: 'V900/25', records: 2, files: 3, changed: 1, unread: 0 });
    expect(await puidsOf(archive, changed.id)).to.have.members(['fmt/9001', 'x-fmt/111']);
    expect(await puidsOf(archive, same.id)).to.deep.equal(['x-fmt/111']);
    const [entry, ...others] = await reidentifications(archive);
    expect(others).to.deep.equal([]);
    expect(entry).to.include({ subject: changed.id, actor: 'operator' });
    expect(JSON.stringify(entry?.detail))
      .to.include('"from":"x-fmt/111","to":"fmt/9001"')
      .and.not.include('secret name');
    expect(await queueReidentification(context, context.formatSignatures, 'operator'), 'done').to.equal(undefined);
  });

  it('leave the package as it is: an audit finds everything in its place, also after a new version', async () => {
    const archive = await testArchive().open();
    const { context } = archive;
    const record = await keep(archive, { 'z.txt': 'ZAPIS one' });
    await installSignatures(context, await newerSignatures(), 'operator');
    await reidentify(context, context.formatSignatures, { actor: 'operator' });
    expect((await findRecord(context.catalog, 'default', record.id))?.files[0]?.puid).to.equal('x-fmt/111');
    await amendRecord(context, { record: record.id, actor: 'officer', reason: 'typing error', title: 'Zapisnik' });
    expect(await puidsOf(archive, record.id)).to.deep.equal(['fmt/9001']);
    const report = await audit(context, { actor: 'operator' });
    expect([report.damaged, report.missing, report.extra, report.catalog]).to.deep.equal([[], [], [], []]);
  });

  it('are gone on with after a stop where the walk was, and repeat no entry', async () => {
    const archive = await testArchive().open();
    const { context } = archive;
    for (let number = 0; number < 5; number++) await keep(archive, { 'z.txt': `ZAPIS ${number}` });
    await installSignatures(context, await newerSignatures(), 'operator');
    const stopped = reidentify(context, context.formatSignatures, {
      actor: 'operator',
      recordsAtOnce: 3,
      onProgress: () => {
        throw new Error('the process ends here');
      },
    });
    expect(await stopped.catch((error: Error) => error.message)).to.equal('the process ends here');
    expect(await reidentifications(archive)).to.have.length(3);
    const seen: number[] = [];
    const report = await reidentify(context, context.formatSignatures, {
      actor: 'operator',
      onProgress: ({ done, total }) => seen.push(done, total),
    });
    expect(seen).to.deep.equal([5, 5]);
    expect(report).to.include({ records: 5, changed: 5 });
    expect(await reidentifications(archive)).to.have.length(5);
  });

  it('and what they told are known again when the catalog is rebuilt; of what is destroyed nothing stays', async () => {
    const place = testArchive();
    const archive = await place.open();
    const { context } = archive;
    const kept = await keep(archive, { 'z.txt': 'ZAPIS one' });
    const gone = await keep(archive, { 'z.txt': 'ZAPIS two' });
    await installSignatures(context, await newerSignatures(), 'operator');
    await reidentify(context, context.formatSignatures, { actor: 'operator' });
    await disposeRecord(context, { record: gone.id, actor: 'archivist', decision: '123/2026' });
    expect(await context.catalog('format_identifications').where({ record_id: gone.id })).to.deep.equal([]);
    await archive.close();
    for (const suffix of ['', '-wal', '-shm'])
      rmSync(join(place.config.dataFolder, `catalog.sqlite${suffix}`), { force: true });
    await rebuildFrom(place.config, place.clock, 'second', () => undefined);
    const rebuilt = await place.open();
    expect(await puidsOf(rebuilt, kept.id)).to.deep.equal(['fmt/9001']);
    expect((await rebuilt.context.formatSignatures()).versions.droid).to.equal('V900');
    expect(await rebuilt.context.catalog('format_identifications').where({ record_id: gone.id })).to.deep.equal([]);
  });
});

describe('the watch over formats', function () {
  this.timeout(30_000);

  it('tells the share of each format as it is known now, and what is at risk', async () => {
    const { context } = await filledArchive();
    const watched = await watchFormats(context, { 'fmt/19': 'a reason of the operator' });
    expect(watched.map(({ puid, files }) => [puid, files])).to.deep.equal([
      ['x-fmt/111', 2],
      [undefined, 1],
    ]);
    expect(watched.map(({ risk }) => risk !== undefined)).to.deep.equal([false, true]);
    expect((await watchFormats(context, { 'x-fmt/111': 'a reason' }))[0]?.risk).to.equal('a reason');
  });
});

async function filledArchive() {
  const archive = await testArchive().open();
  await keep(archive, { 'a.txt': 'један', 'b.txt': 'два' });
  await keep(archive, { 'c.qqqq': Buffer.from([0, 1, 2, 3, 255, 254]) });
  return archive;
}
