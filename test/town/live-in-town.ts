import { expect } from 'chai';
import {
  adoptList,
  decideDisposal,
  disposalDocument,
  enterCreator,
  enterRows,
  executeDisposal,
  liftHold,
  makeTranscript,
  placeHold,
  proposeDisposal,
  reviewDisposal,
  sendDisposal,
  startPeriod,
  submitTranscript,
} from '../../src/archive/administration/index.ts';
import { type Category, disposalItems, heldGroups, listBookRows } from '../../src/archive/data-management/index.ts';
import { amendRecord } from '../../src/archive/ingest/index.ts';
import { ArchiveError } from '../../src/base/index.ts';
import { readConfig } from '../../src/config.ts';
import { openArchive } from '../../src/open-archive.ts';
import type { OpenArchive } from '../../src/service/cli/index.ts';
import { offer } from '../support/archive.ts';
import { municipality, setClock } from '../support/records-office.ts';
import { randomNumbers } from './random-numbers.ts';

/** A record as the town remembers it. */
interface Remembered {
  readonly id: string;
  mark: string;
  readonly case: string;
  readonly word: string;
  readonly bytes: number;
  period: string;
  gone: boolean;
}

/** What a town is like. */
export interface Town {
  readonly folder: string;
  readonly years: number;
  readonly records: number;
  readonly seed: number;
  readonly tell: (line: string) => void;
}

const units = 50;
const kinds = 200;

/**
 * A municipality of 50 units and 200 categories: each year records come, lists change, cases end, holds are placed and lifted,
 * what has expired is destroyed by the whole procedure, and the archive book is compared with the store.
 * @throws AssertionError as soon as something is destroyed that may not be, or the book tells another sum than the store
 */
export async function liveInTown({ folder, years, records: total, seed, tell }: Town): Promise<void> {
  const clock = setClock('2026-01-05T09:00:00Z');
  const config = readConfig({ TRAJNO_DATA: folder, TRAJNO_ONLINE: 'no' });
  const archive = await openArchive(config, clock);
  const { context } = archive;
  const random = randomNumbers(seed);
  const remembered: Remembered[] = [];
  const holds: { readonly id: string; readonly on: (record: Remembered) => boolean }[] = [];
  const named = Array.from({ length: units }, (_, unit) => ({ mark: `${unit + 1}`, name: `Јединица ${unit + 1}` }));
  const { creator } = await enterCreator(context, { facts: { ...municipality, units: named }, actor: 'officer' });
  let destroyed = 0;
  let list = await adopt(1);

  async function adopt(version: number): Promise<readonly Category[]> {
    const day = clock().toISOString().slice(0, 10);
    const categories = Array.from({ length: kinds }, (_, kind) => category(kind, version));
    const consent = { number: `IA-${version}`, date: day };
    await adoptList(context, { creator: creator.id, adoptedOn: day, consent, categories, actor: 'officer' });
    return categories;
  }

  const held = (record: Remembered) => holds.some(({ on }) => on(record));
  for (let year = 2026; year < 2026 + years; year++) {
    if (year > 2026) clock.set(`${year}-01-05T09:00:00Z`);
    if (year % 7 === 0) list = await adopt(year);
    await receive(year);
    clock.set(`${year}-10-01T09:00:00Z`);
    await changeHolds(year);
    await reclassify();
    for (let ended = 0; ended < 5; ended++)
      await startPeriod(context, {
        case: `${random.below(200)}/${year}`,
        event: 'case-closed',
        date: `${year}-09-30`,
        actor: 'officer',
      });
    await enterRows(context, { creator: creator.id, actor: 'officer' });
    await dispose(year);
    await compare(year);
    const { id } = await makeTranscript(context, { creator: creator.id, year: String(year), actor: 'officer' });
    const sent = { transcript: id, submittedOn: `${year}-12-01`, letter: `031-${year}`, channel: 'eArhiv' };
    await submitTranscript(context, { ...sent, actor: 'officer' });
  }
  await archive.close();

  async function receive(year: number): Promise<void> {
    const count = Math.round(total / years);
    for (let from = 0; from < count; from += 64)
      await Promise.all(Array.from({ length: Math.min(64, count - from) }, () => keepOne(archive, year)));
  }

  async function keepOne({ ingest }: OpenArchive, year: number): Promise<void> {
    const kind = list[random.below(kinds)] as Category;
    const word = `реч${random.below(1e9)}`;
    const content = `${word} `.repeat(1 + random.below(20));
    const caseNumber = `${random.below(200)}/${year}`;
    const fields = { datumNastanka: `${year}-01-02`, brojPredmeta: caseNumber };
    const { submission, intake, duplicateOf } = await ingest.receive({
      actor: 'officer',
      metadata: { title: word, category: kind.mark, fields },
      files: offer({ 'akt.txt': content }),
    });
    const known = { number: intake.recordNumber, ...(duplicateOf ? { duplicateOf } : {}) };
    const { id } = await ingest.process(submission, known);
    const bytes = Buffer.byteLength(content);
    remembered.push({ id, mark: kind.mark, case: caseNumber, word, bytes, period: kind.period, gone: false });
  }

  async function changeHolds(year: number): Promise<void> {
    const about = { owner: 'o', mandate: `П-${year}`, reason: 'спор', reviewOn: `${year + 2}-01-01`, actor: 'lawyer' };
    for (let placed = 0; placed < 4; placed++) {
      const record = remembered[random.below(remembered.length)];
      if (!record || record.gone) continue;
      const { id, mark, case: of, word } = record;
      const choices = [
        { scope: 'record', target: id, on: (other: Remembered) => other.id === id },
        { scope: 'case', target: of, on: (other: Remembered) => other.case === of },
        { scope: 'category', target: mark, on: (other: Remembered) => other.mark === mark },
        { scope: 'query', query: { text: word }, on: (other: Remembered) => other.word.startsWith(word) },
      ] as const;
      const { on, ...scope } = choices[placed] ?? choices[0];
      holds.push({ id: (await placeHold(context, { ...about, ...scope })).id, on });
    }
    while (holds.length > 10) {
      const [lifted] = holds.splice(random.below(holds.length), 1);
      if (lifted) await liftHold(context, { hold: lifted.id, reason: 'решено', actor: 'lawyer' });
    }
  }

  async function reclassify(): Promise<void> {
    const record = remembered[random.below(remembered.length)];
    const kind = list[random.below(kinds)];
    if (!record || record.gone || !kind) return;
    const consent = record.period === 'trajno' ? { archiveConsent: 'IA-9' } : {};
    const change = { record: record.id, category: kind.mark, reason: 'погрешно', actor: 'officer', ...consent };
    await amendRecord(context, change);
    Object.assign(record, { mark: kind.mark, period: kind.period });
  }

  async function dispose(year: number): Promise<void> {
    const proposed = await proposeDisposal(context, { creator: creator.id, actor: 'a' }).catch((error: unknown) => {
      if (error instanceof ArchiveError && error.code === 'STATE_CONFLICT') return undefined;
      throw error;
    });
    if (!proposed) return;
    const step = { disposal: proposed.id, actor: 'b', date: `${year}-10-02` };
    const minutes = { number: `1/${year}`, date: `${year}-10-02` };
    await reviewDisposal(context, { ...step, members: ['x', 'y'], minutes, agreed: true });
    await sendDisposal(context, { ...step, letter: `2/${year}`, channel: 'eArhiv' });
    const document = { name: 'rešenje.pdf', content: Buffer.from('%PDF-1.7') };
    await decideDisposal(context, { ...step, number: `IA-7/${year}`, approved: true, document });
    await changeHolds(year); // after the approval
    const spared = new Set(
      remembered.filter((record) => held(record) || record.period === 'trajno').map(({ id }) => id),
    );
    const done = await executeDisposal(context, { ...step, method: 'брисање' });
    expect(done.disposal.state).to.equal('completed');
    const byId = new Map(remembered.map((record) => [record.id, record]));
    for (const { record: id, state } of await disposalItems(context.catalog, proposed.id)) {
      expect(state === 'disposed' && spared.has(id), `${id} was held or permanent`).to.equal(false);
      const record = byId.get(id);
      if (record && state === 'disposed') record.gone = true;
    }
    destroyed += done.destroyed;
    for (const name of ['inventory', 'commission', 'decision', 'certificate'] as const)
      for (const end of ['json', 'json.p7s'] as const)
        expect((await disposalDocument(context, done.disposal, `${name}.${end}`)).length).to.be.greaterThan(2);
  }

  async function compare(year: number): Promise<void> {
    await enterRows(context, { creator: creator.id, actor: 'officer' });
    const live = remembered.filter(({ gone }) => !gone);
    const bytes = live.reduce((sum, record) => sum + record.bytes, 0);
    const rows = await listBookRows(context.catalog, creator.id);
    expect(
      rows.reduce((sum, row) => sum + row.records - row.disposedRecords, 0),
      'records',
    ).to.equal(live.length);
    expect(
      rows.reduce((sum, row) => sum + row.bytes - row.disposedBytes, 0),
      'bytes',
    ).to.equal(bytes);
    const groups = await heldGroups(context.catalog, creator.id);
    expect(groups.reduce((sum, group) => sum + group.records, 0)).to.equal(live.length);
    for (const driver of context.storage.active()) {
      let packages = 0;
      for await (const path of driver.listObjects()) if (path.includes('urn%3auuid')) packages += 1;
      expect(packages, `packages in ${driver.description.name}`).to.equal(live.length);
    }
    tell(`${year}: ${live.length} kept, ${destroyed} destroyed, ${rows.length} rows, ${holds.length} holds`);
  }
}

/** Every tenth category is permanent; periods of the others change from version to version. */
function category(kind: number, version: number): Category {
  const period = kind % 10 === 0 ? 'trajno' : String(1 + ((kind * 7 + version) % 12));
  return {
    number: kind + 1,
    mark: `${Math.floor(kind / 20) + 1}-${(kind % 20) + 1}`,
    name: `Категорија ${kind + 1}`,
    period,
    startEvent: kind % 10 === 3 ? 'case-closed' : 'created',
  };
}
