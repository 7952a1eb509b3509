import { expect } from 'chai';
import { enterNote, noteDocument, noticesDue, notifyArchive } from '../../../src/archive/administration/index.ts';
import { listNotes, noteKinds } from '../../../src/archive/data-management/index.ts';
import { rebuildFrom } from '../../../src/restore.ts';
import type { OpenArchive } from '../../../src/service/cli/index.ts';
import { refusalOf, testArchive } from '../../support/archive.ts';
import { office, setClock } from '../../support/records-office.ts';

describe('what an office notes beside records', () => {
  const clock = setClock('2026-02-01T09:00:00Z');
  const place = testArchive({}, clock);
  let archive: OpenArchive;
  let creator: string;
  before(async () => {
    archive = await place.open();
    ({ id: creator } = (await office(archive.context)).creator);
  });
  const note = (kind: (typeof noteKinds)[number]) => ({
    ...{ creator, kind, title: `Белешка ${kind}`, date: '2026-01-15', number: '1/2026', actor: 'officer' },
    ...{ who: 'Ана Анић', result: 'положила' },
  });
  const document = { name: 'akt.pdf', content: Buffer.from('%PDF') };

  it('is kept, an act only with the act itself', async () => {
    const { context } = archive;
    expect(await refusalOf(enterNote(context, note('act')))).to.equal('METADATA_INVALID');
    expect(await refusalOf(enterNote(context, { ...note('training'), title: ' ' }))).to.equal('METADATA_INVALID');
    expect(await refusalOf(enterNote(context, { ...note('training'), kind: 'gossip' as never }))).to.equal(
      'METADATA_INVALID',
    );
    for (const kind of noteKinds) await enterNote(context, { ...note(kind), document });
    const [act] = await listNotes(context.catalog, 'default', 'act');
    expect((await noteDocument(context, act?.id ?? '')).content.toString()).to.equal('%PDF');
    expect(act?.facts).to.include({ title: 'Белешка act', number: '1/2026', document: 'akt.pdf' });
  });

  it('asks that the archive is told of a change within thirty days, once', async () => {
    const { context } = archive;
    const [due] = await noticesDue(context);
    expect(due?.dueOn).to.equal('2026-02-14');
    const told = { note: due?.note.id ?? '', on: '2026-02-03', letter: '02-5', actor: 'officer' };
    expect((await notifyArchive(context, told)).completedOn).to.equal('2026-02-03');
    expect(await noticesDue(context)).to.deep.equal([]);
    expect(await refusalOf(notifyArchive(context, told))).to.equal('STATE_CONFLICT');
  });

  it('comes back with a catalog that is made anew', async () => {
    const before = await listNotes(archive.context.catalog, 'default');
    await archive.close();
    await rebuildFrom(place.config, place.clock, undefined, () => {});
    archive = await place.open();
    expect(await listNotes(archive.context.catalog, 'default')).to.deep.equal(before);
  });
});
