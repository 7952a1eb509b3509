import { type Route, recordFor } from '../route.ts';
import { named } from '../schemas.ts';
import { presentReceipt, receiptOf } from './presenter.ts';
import { receiptText } from './receipt-text.ts';

/** `GET /records/{record}/receipt`: for programs as JSON, for paper as text. */
export const readReceipt: Route = {
  method: 'get',
  path: '/records/:record/receipt',
  operation: 'readReceipt',
  summary: 'The receipt of archiving, or before there is one the receipt of intake; JSON or text/plain by Accept',
  action: 'record.read',
  answers: {
    200: {
      description: 'The receipt',
      content: { 'application/json': named('Receipt'), 'text/plain': { type: 'string' } },
    },
  },
  handle: async (service, { ctx, params }) => {
    const record = await recordFor(service, ctx, params.record ?? '', 'record.find');
    const { catalog, institution } = service.context;
    const receipt = await receiptOf(catalog, record);
    ctx.vary('Accept');
    if (ctx.accepts('application/json', 'text/plain') === 'text/plain') {
      ctx.type = 'text/plain; charset=utf-8';
      ctx.body = receiptText(receipt, record, institution.name);
    } else ctx.body = presentReceipt(receipt, record, institution.name);
  },
};
