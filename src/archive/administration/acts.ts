import { ArchiveError, bytesReader, sha512Hex, utcSeconds, uuidV7 } from '../../base/index.ts';
import { sealCades } from '../../standards/seals/index.ts';
import {
  actFile,
  applyEntries,
  type JournalEntry,
  type JournalEntryType,
  type Transaction,
} from '../data-management/index.ts';
import { commitToJournal, type Holdings, storeObjectIn, storeReader } from '../packaging/index.ts';
import type { SigningKey } from '../trust-services/index.ts';

export type { Transaction } from '../data-management/index.ts';

/** What acts of administration are made and sealed with. */
export interface ActContext extends Holdings {
  /** The configured key; built-in and worthless to outsiders until there is one. */
  readonly confirmationSeal: () => Promise<SigningKey>;
}

/** An act with legal effect, before it is done. Names of people and texts stand in `content`, never in the journal. */
export interface PlannedAct {
  readonly type: JournalEntryType;
  /** What it is about. */
  readonly subject: string;
  readonly detail: Readonly<Record<string, unknown>>;
  /** What is kept in the store as an object of this id, under evidence like everything else. */
  readonly act?: {
    readonly id: string;
    readonly content: object;
    readonly files?: readonly { readonly path: string; readonly content: Uint8Array }[];
    /** Puts a detached CAdES seal beside it. */
    readonly sealed?: boolean;
  };
}

/**
 * Does something with legal effect: looked up and checked under the catalog's lock, the act durable in every location, then
 * the journal entry that binds it by its digest, then what both mean in the catalog.
 * @param plan asked under the lock, again when the catalog had to catch up with the journal first
 */
export async function commitActs(
  context: ActContext,
  actor: string,
  plan: (transaction: Transaction, time: string) => Promise<readonly PlannedAct[]>,
): Promise<readonly JournalEntry[]> {
  const now = context.clock();
  const time = utcSeconds(now);
  return commitToJournal(context, {
    entries: async (transaction) => {
      const entries = [];
      for (const { type, subject, detail, act } of await plan(transaction, time)) {
        const bound = act ? { object: act.id, sha512: await keepAct(transaction, context, act, now) } : {};
        entries.push({
          time,
          institution: context.institution.id,
          type,
          subject,
          actor,
          detail: { ...detail, ...bound },
        });
      }
      return entries;
    },
    project: async (transaction, entries) => {
      await applyEntries(transaction, entries, storeReader(context), []);
      return entries;
    },
  });
}

/** One act. */
export async function commitAct(
  context: ActContext,
  actor: string,
  plan: (transaction: Transaction, time: string) => Promise<PlannedAct>,
): Promise<JournalEntry> {
  const [entry] = await commitActs(context, actor, async (transaction, time) => [await plan(transaction, time)]);
  if (!entry) throw new Error('an act was planned and none was done');
  return entry;
}

async function keepAct(
  transaction: Transaction,
  context: ActContext,
  { id, content, files = [], sealed = false }: NonNullable<PlannedAct['act']>,
  created: Date,
): Promise<string> {
  const bytes = Buffer.from(`${JSON.stringify(content, undefined, 1)}\n`);
  const all = [{ path: actFile, content: bytes as Uint8Array }, ...files];
  if (sealed) all.push({ path: `${actFile}.p7s`, content: await detachedSeal(context, bytes) });
  await storeObjectIn(transaction, context, { id, type: 'act', files: all, created });
  return sha512Hex(bytes);
}

/** A detached CAdES seal of the institution over these bytes. */
export async function detachedSeal(
  { confirmationSeal, clock }: Pick<ActContext, 'confirmationSeal' | 'clock'>,
  bytes: Uint8Array,
): Promise<Uint8Array> {
  return sealCades(bytesReader(bytes), await confirmationSeal(), { detached: true, signingTime: clock() });
}

/** A new id for what acts are about: `urn:trajno:creator:…`. */
export function newActId({ clock, random }: Holdings, kind: string): string {
  return `urn:trajno:${kind}:${uuidV7(clock, random)}`;
}

/** @throws ArchiveError ENTRY_UNKNOWN when there is nothing */
export function known<Entry>(entry: Entry | undefined, what: string): Entry {
  if (entry === undefined) throw new ArchiveError('ENTRY_UNKNOWN', `There is no ${what}.`);
  return entry;
}

/** A day that there is, `2026-11-25`. @throws ArchiveError METADATA_INVALID */
export function requireDay(day: string, pointer: string): string {
  const isDay = /^\d{4}-\d\d-\d\d$/.test(day) && !Number.isNaN(Date.parse(`${day}T00:00:00Z`));
  if (isDay && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)) return day;
  throw new ArchiveError('METADATA_INVALID', `“${day}” is not a day such as 2026-11-25.`, {
    places: [{ pointer, detail: 'must be a date such as 2026-11-24' }],
  });
}
