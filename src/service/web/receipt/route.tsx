import { findRecord } from '../../../archive/data-management/index.ts';
import { actorOf, contentDisposition, receiptOf, receiptText, recordFor } from '../../http/index.ts';
import { answerWith } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { ReceiptPage } from './page.tsx';
import { numbersIn, ReceivedPage } from './received-page.tsx';

/** Receipts: of one record, and the list after an upload of several. */
export const receiptPages: readonly PageRoute[] = [
  { method: 'get', path: '/records/:record/receipt', action: 'record.read', answer: showReceipt },
  { method: 'get', path: '/records/:record/receipt.txt', action: 'record.read', answer: saveReceipt },
  { method: 'get', path: '/received', action: 'record.read', answer: showReceived },
];

async function showReceipt({ ctx, service, view, params }: PageRequest): Promise<void> {
  const record = await recordFor(service, ctx, params.record ?? '', 'record.find');
  const { catalog } = service.context;
  const duplicate = record.duplicateOf && (await findRecord(catalog, record.institution, record.duplicateOf));
  answerWith(
    ctx,
    <ReceiptPage
      view={view}
      record={record}
      receipt={await receiptOf(catalog, record)}
      {...(duplicate ? { duplicate } : {})}
    />,
  );
}

/** The receipt as a file of plain text, which anything will open in forty years. */
async function saveReceipt({ ctx, service, params }: PageRequest): Promise<void> {
  const record = await recordFor(service, ctx, params.record ?? '', 'record.find');
  const { catalog, institution } = service.context;
  const receipt = await receiptOf(catalog, record);
  ctx.type = 'text/plain; charset=utf-8';
  ctx.set('Content-Disposition', contentDisposition('attachment', `${receipt.number}.txt`));
  ctx.body = receiptText(receipt, record, institution.name);
}

async function showReceived({ ctx, service, view, query }: PageRequest): Promise<void> {
  const { catalog } = service.context;
  const { institution } = actorOf(ctx);
  const numbers = numbersIn(query.r ?? '');
  const found = await Promise.all(numbers.map((number) => findRecord(catalog, institution, number)));
  const records = found.filter((record) => record !== undefined);
  answerWith(
    ctx,
    <ReceivedPage view={view} records={records} numbers={records.map(({ number }) => number)} refused={[]} />,
  );
}
