import { type JournalQuery, listEntries, readHead } from '../../../archive/data-management/index.ts';
import { json, type Route } from '../route.ts';
import { presentEntry } from './presenter.ts';
import { journalQuery } from './schema.ts';

const readJournal: Route = {
  method: 'get',
  path: '/journal',
  operation: 'readJournal',
  summary: 'The journal’s head, and entries newest first',
  action: 'journal.read',
  query: journalQuery,
  answers: { 200: json('Head and entries', 'Journal') },
  handle: async ({ context }, { ctx, actor, query }) => {
    const { subject, type, cursor, limit } = query as Record<string, string>;
    const wanted = Number(limit);
    const entries = await listEntries(context.catalog, {
      institution: actor.institution,
      limit: wanted + 1,
      ...(subject ? { subject } : {}),
      ...(type ? { type: type as NonNullable<JournalQuery['type']> } : {}),
      ...(cursor ? { before: Number(cursor) } : {}),
    });
    const shown = entries.slice(0, wanted);
    const last = shown.at(-1);
    ctx.body = {
      head: await readHead(context.catalog),
      entries: shown.map(presentEntry),
      ...(entries.length > wanted && last ? { next: String(last.sequence) } : {}),
    };
  },
};

export const journalRoutes: readonly Route[] = [readJournal];
