import { findRecords } from '../../../archive/data-management/index.ts';
import { actorOf, recordQuery } from '../../http/index.ts';
import { answerWith } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { FindPage } from './page.tsx';

export const findPages: readonly PageRoute[] = [{ method: 'get', path: '/find', action: 'record.find', answer: find }];

const names = ['text', 'signer', 'state', 'from', 'to', 'cursor'] as const;
const day = /^\d{4}-\d\d-\d\d$/;

async function find({ ctx, service, view, query }: PageRequest): Promise<void> {
  const asked = Object.fromEntries(
    names.flatMap((name) => (isUsable(name, query[name]) ? [[name, query[name] ?? '']] : [])),
  );
  const { records, next } = await findRecords(
    service.context.catalog,
    recordQuery({ ...asked, limit: '30' }, actorOf(ctx).institution),
  );
  answerWith(ctx, <FindPage view={view} query={asked} records={records} {...(next === undefined ? {} : { next })} />);
}

/** Half-typed dates and foreign cursors narrow nothing; they are no reason for an error page. */
function isUsable(name: string, value: string | undefined): boolean {
  if (value === undefined || value.length > 500) return false;
  if (name === 'from' || name === 'to') return day.test(value);
  return name !== 'cursor' || /^[1-9][0-9]{0,14}$/.test(value);
}
