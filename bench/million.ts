import { createHash } from 'node:crypto';
import {
  type Catalog,
  type CatalogRecord,
  insertEntries,
  inTransaction,
  type JournalEntry,
  putBatch,
  putRecords,
  putVersions,
} from '../src/archive/data-management/index.ts';
import { uuidV7 } from '../src/base/index.ts';

/**
 * Fills a catalog with records as a municipality would have them after eighteen years: through the catalog's own
 * functions, so that every index, counter and word is as ingest would leave it. There is no package behind them.
 */

const kinds = ['Уговор', 'Рачун', 'Решење', 'Записник', 'Захтев', 'Пресуда', 'Дозвола', 'Извештај', 'Понуда', 'Одлука'];
const subjects =
  'закупу набавци радовима услугама одржавању изградњи одобрењу накнади раду одсуству превозу осигурању грејању водоводу јавном осветљењу школи вртићу путу мосту парку зимском летњем'.split(
    ' ',
  );
const places =
  'Београд Чачак Ниш Суботица Краљево Ужице Лесковац Зрењанин Панчево Шабац Ваљево Смедерево Пирот Врање Бор Кикинда'.split(
    ' ',
  );
const firstNames = 'Јелена Милан Ана Петар Мира Ђорђе Ивана Никола Љубица Стефан Јована Марко Сања Душан Весна'.split(
  ' ',
);
const surnames =
  'Петровић Николић Јовановић Марковић Ђорђевић Стојановић Илић Станковић Павловић Милошевић Тодоровић Ристић Костић Живковић Поповић'.split(
    ' ',
  );

/** The same numbers at every run. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

const chosen = <Item>(from: readonly Item[], roll: number): Item => from[Math.floor(roll * from.length)] as Item;
/** A few are met often, most seldom. */
const seldom = (count: number, roll: number) => Math.floor(count * roll ** 3);

function signer(n: number): string {
  const [first, last] = [firstNames[n % 15], surnames[Math.floor(n / 15) % 15]];
  return n < 225 ? `${first} ${last}` : `${first} ${last} ${surnames[(n * 7) % 15]} ${n}`;
}

function stateOf(roll: number): CatalogRecord['state'] {
  if (roll > 0.997) return 'quarantined';
  if (roll > 0.995) return 'rejected';
  return roll > 0.985 ? 'awaiting' : 'archived';
}

const firstDay = Date.parse('2008-01-07T07:00:00Z');
const lastDay = Date.parse('2026-11-20T14:00:00Z');

/** The n-th of so many records. */
function sampleRecord(n: number, all: number, roll: () => number): CatalogRecord {
  const time = new Date(firstDay + ((lastDay - firstDay) / all) * n);
  const receivedAt = `${time.toISOString().slice(0, 19)}Z`;
  const year = receivedAt.slice(0, 4);
  const digest = createHash('sha256').update(String(n)).digest('hex');
  const kind = kinds[seldom(kinds.length, roll())] as string;
  const title = `${kind} о ${chosen(subjects, roll())} ${chosen(subjects, roll())}, ${chosen(places, roll())}`;
  const state = stateOf(roll());
  const isStored = state === 'archived' || state === 'awaiting';
  const isSigned = roll() < 0.8;
  const verdict = roll();
  const name = `${kind.toLowerCase()}-${n}.pdf`;
  return {
    id: uuidV7(() => time),
    institution: 'default',
    number: `${year}-${String(n + 1).padStart(7, '0')}`,
    title,
    profile: { id: roll() < 0.7 ? 'general' : 'contract', version: '1' },
    ...(state === 'archived'
      ? { category: `${chosen(['I', 'II', 'III', 'IV'], roll())}-${1 + seldom(40, roll())}` }
      : {}),
    state,
    ...(isStored ? {} : { reason: { code: 'SIGNATURE_FAILED', detail: 'The signature does not hold.' } }),
    fields: {
      brojPredmeta: `${1 + seldom(900, roll())}-${n % 97}/${year}`,
      napomena: `предмет ${digest.slice(0, 10)} ${chosen(subjects, roll())}`,
    },
    receivedAt,
    ...(isStored ? { archivedAt: receivedAt } : {}),
    documentDate: receivedAt.slice(0, 10),
    version: isStored ? 1 : 0,
    ...(isStored ? { receipt: { number: `P-${n}`, time: receivedAt, head: 'x' } } : {}),
    files: [
      {
        path: name,
        originalName: name,
        size: 20_000 + seldom(4_000_000, roll()),
        sha256: digest,
        sha512: digest + digest,
        mimeType: 'application/pdf',
        puid: 'fmt/95',
        formatName: 'Acrobat PDF/A',
        formatBasis: 'signature',
        role: 'content',
      },
    ],
    signatures: isSigned
      ? [
          {
            file: name,
            format: 'PAdES-BASELINE-T',
            indication: verdict < 0.85 ? 'TOTAL_PASSED' : verdict < 0.98 ? 'INDETERMINATE' : 'TOTAL_FAILED',
            signedBy: signer(seldom(2000, roll())),
            claimedSigningTime: receivedAt,
            validationTime: receivedAt,
          },
        ]
      : [],
  };
}

const atOnce = 1000;
const locations = ['first', 'second'];

/**
 * Puts so many records into a catalog, with versions, copies, evidence and entries of the journal. The entries have
 * numbers below zero: the journal in the store does not have them, and goes on from its own end.
 */
export async function fillCatalog(
  catalog: Catalog,
  records: number,
  onProgress: (done: number) => void,
): Promise<void> {
  const roll = random(7);
  await catalog.raw('PRAGMA synchronous = OFF').catch(() => undefined);
  for (let from = 0; from < records; from += atOnce) {
    const part = Array.from({ length: Math.min(atOnce, records - from) }, (_, n) =>
      sampleRecord(from + n, records, roll),
    );
    const stored = part.filter(({ version }) => version > 0);
    await inTransaction(catalog, async (transaction) => {
      await putRecords(transaction, part);
      const sequence = (n: number) => -2 * records + 2 * (from + n);
      const versions = stored.map((record, n) => ({
        recordId: record.id,
        version: 1,
        createdAt: record.receivedAt,
        inventorySha512: 'x',
        sequence: sequence(n) + 1,
        reason: '',
      }));
      // the copies were read again within the last three months, evenly
      const readAt = new Date(Date.parse('2026-08-27T00:00:00Z') + (from / records) * 90 * 86_400_000);
      await putVersions(transaction, versions, locations, `${readAt.toISOString().slice(0, 19)}Z`);
      await insertEntries(
        transaction,
        part.flatMap((record, n) => entriesOf(record, sequence(n))),
      );
      await putBatch(
        transaction,
        batchOf(from, part[0]?.receivedAt ?? ''),
        stored.map(({ id }, n) => ({ objectId: id, version: 1, firstLeaf: n * 14, leaves: 14 })),
      );
    });
    onProgress(from + part.length);
  }
}

function entriesOf({ id, number, receivedAt, version }: CatalogRecord, sequence: number): JournalEntry[] {
  const same = {
    time: receivedAt,
    institution: 'default',
    subject: id,
    actor: 'officer',
    previous: '',
    hash: 'x'.repeat(128),
  };
  const received = { ...same, sequence, type: 'record.received' as const, detail: { number } };
  const archived = {
    ...same,
    sequence: sequence + 1,
    type: 'record.archived' as const,
    detail: { number, version: 1 },
  };
  return version > 0 ? [received, archived] : [received];
}

function batchOf(from: number, createdAt: string) {
  return {
    id: `urn:trajno:evidence:${String(from).padStart(12, '0')}`,
    institution: 'default',
    version: 1,
    createdAt,
    objects: atOnce,
    leaves: atOnce * 14,
    digest: 'sha512',
    chains: 1,
    timestamps: 1,
    authority: 'Sertifikaciono telo',
    isTest: false,
    stampedAt: createdAt,
    expiresAt: '2031-01-01T00:00:00Z',
    renewAt: `20${28 + ((from / atOnce) % 3)}-06-01T00:00:00Z`,
    blinding: `urn:trajno:blinding:${from}`,
  };
}
