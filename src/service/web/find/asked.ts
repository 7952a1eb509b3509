import { type Facet, facets, type RecordQuery } from '../../../archive/data-management/index.ts';

/** What someone asked for, as the page's address has it; what is not usable is left out. */
export type Asked = Readonly<Record<string, string>>;

const words = ['text', 'signer', 'from', 'to'] as const;
const day = /^\d{4}-\d\d-\d\d$/;

/** Half-typed dates and foreign cursors narrow nothing; they are no reason for an error page. */
export function askedIn(query: Readonly<Record<string, string>>): Asked {
  const names = [...words, ...facets, 'cursor'];
  return Object.fromEntries(names.flatMap((name) => (isUsable(name, query[name]) ? [[name, query[name] ?? '']] : [])));
}

function isUsable(name: string, value: string | undefined): boolean {
  if (value === undefined || value.trim() === '' || value.length > 500) return false;
  if (name === 'from' || name === 'to') return day.test(value);
  return name !== 'cursor' || /^[1-9][0-9]{0,14}$/.test(value);
}

/** What was asked without where the page begins. */
export function withoutCursor({ cursor: _, ...rest }: Asked): Asked {
  return rest;
}

/** As the catalog is asked. */
export function queryOf(asked: Asked, institution: string): Omit<RecordQuery, 'limit'> {
  const { text, signer, from, to, cursor } = asked;
  const wanted = facets.flatMap((facet) => (asked[facet] ? [{ facet, value: asked[facet] }] : []));
  return {
    institution,
    ...(text ? { text } : {}),
    ...(signer ? { signer } : {}),
    ...(wanted.length > 0 ? { facets: wanted } : {}),
    ...(from ? { receivedFrom: from } : {}),
    ...(to ? { receivedTo: to } : {}),
    ...(cursor ? { before: Number(cursor) } : {}),
  };
}

/** The address of the page for what was asked, with some of it changed; `undefined` takes it away. */
export function addressOf(asked: Asked, changes: Readonly<Record<string, string | undefined>> = {}): string {
  const all = Object.entries({ ...asked, ...changes }).filter(([, value]) => value !== undefined && value !== '');
  const query = new URLSearchParams(all as [string, string][]).toString();
  return query ? `/find?${query}` : '/find';
}

/** A value of a facet in words. */
export type Labelled = (facet: Facet, value: string, label: string) => string;
