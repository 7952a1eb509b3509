import { copiesOf } from '../../../archive/data-management/index.ts';
import { json, type Route, recordFor } from '../route.ts';
import { presentCopy } from './presenter.ts';

const listCopies: Route = {
  method: 'get',
  path: '/records/:record/copies',
  operation: 'listCopies',
  summary: 'Where the copies are and when each was last read to its last byte; locations on one device count once',
  action: 'record.read',
  answers: { 200: json('The copies', 'CopyList') },
  handle: async (service, { ctx, params }) => {
    const record = await recordFor(service, ctx, params.record ?? '', 'record.read');
    const { catalog, storage } = service.context;
    ctx.body = {
      copies: (await copiesOf(catalog, record.id)).map(presentCopy),
      independentCopies: await storage.independentCopies(),
    };
  },
};

export const copyRoutes: readonly Route[] = [listCopies];
