import { recordHistory } from '../../../archive/access/index.ts';
import { presentEntry } from '../journal/presenter.ts';
import { json, type Route, recordFor } from '../route.ts';
import { presentEvent } from './presenter.ts';

const listEvents: Route = {
  method: 'get',
  path: '/records/:record/events',
  operation: 'listEvents',
  summary: 'Everything that happened to a record: PREMIS events of its package, and entries of the journal',
  action: 'record.read',
  answers: { 200: json('The events, oldest first', 'EventList') },
  handle: async (service, { ctx, params }) => {
    const record = await recordFor(service, ctx, params.record ?? '', 'record.read');
    const { preservation, journal } = await recordHistory(service.context, record);
    ctx.body = { preservation: preservation.map(presentEvent), journal: journal.map(presentEntry) };
  },
};

export const eventRoutes: readonly Route[] = [listEvents];
