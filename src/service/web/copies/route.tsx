import { randomUUID } from 'node:crypto';
import {
  type CopyRequest,
  copyChannels,
  copyHistory,
  copyPayment,
  issueOnce,
  listCopies,
  prepareCopy,
  recordDelivery,
  recordPayment,
  recordPrinting,
  revokeCopy,
} from '../../../archive/access/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { actorOf, readPlainForm, recordFor, sendCopy } from '../../http/index.ts';
import { answerWith, goTo } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { CopyPage } from './copy-page.tsx';
import { IssuePage } from './issue-page.tsx';
import { PaperPage } from './paper-page.tsx';
import { PaymentPage } from './payment-page.tsx';
import { preparedPages } from './prepared-route.tsx';
import { RegisterPage } from './register-page.tsx';

/** Certified copies: the form, the register, one copy, and the paper form for the authorised person (ZED-07). */
export const copyPages: readonly PageRoute[] = [
  ...preparedPages,
  { method: 'get', path: '/records/:record/certify', action: 'copy.issue', answer: showForm },
  { method: 'post', path: '/records/:record/certify', action: 'copy.issue', answer: issue },
  { method: 'get', path: '/certified-copies', action: 'copy.read', answer: showRegister },
  { method: 'get', path: '/certified-copies/:copy', action: 'copy.read', answer: showCopy },
  { method: 'post', path: '/certified-copies/:copy/revocation', action: 'copy.revoke', answer: revoke },
  { method: 'post', path: '/certified-copies/:copy/deliveries', action: 'copy.issue', answer: deliver },
  { method: 'get', path: '/certified-copies/:copy/payment', action: 'copy.read', answer: showPayment },
  { method: 'post', path: '/certified-copies/:copy/payment', action: 'copy.issue', answer: pay },
  { method: 'get', path: '/certified-copies/:copy/paper', action: 'copy.print', answer: showPaper },
  { method: 'post', path: '/certified-copies/:copy/paper', action: 'copy.print', answer: print },
];

const atOnce = 50;

async function showForm({ ctx, service, view, params }: PageRequest): Promise<void> {
  const record = await recordFor(service, ctx, params.record ?? '', 'copy.issue');
  const { isTest } = await service.copies.sealingKey();
  const isSignedByPerson = await service.copies.asksPersonSignature(record);
  answerWith(
    ctx,
    <IssuePage
      view={view}
      record={record}
      isTest={isTest}
      isSignedByPerson={isSignedByPerson}
      idempotencyKey={randomUUID()}
    />,
  );
}

/** The copy comes as a download; the record's page lists it from then on. */
async function issue({ ctx, service, params }: PageRequest): Promise<void> {
  const record = await recordFor(service, ctx, params.record ?? '', 'copy.issue');
  const form = await readPlainForm(ctx.req);
  const said = (name: string) => (form.get(name) ?? '').trim().slice(0, 1000);
  const texts = ['purpose', 'recipient', 'requestedOn', 'legalInterest', 'fee', 'place', 'decision'] as const;
  const channel = copyChannels.find((known) => known === said('channel'));
  const wish: CopyRequest = {
    record: record.id,
    actor: actorOf(ctx).name,
    script: said('script') === 'Latn' ? 'Latn' : 'Cyrl',
    ...(channel ? { channel } : {}),
    ...Object.fromEntries(texts.flatMap((name) => (said(name) ? [[name, said(name)]] : []))),
  };
  if (await service.copies.asksPersonSignature(record)) {
    const { id } = await prepareCopy(service.copies, wish);
    goTo(ctx, `/prepared-copies/${id}`);
    return;
  }
  await sendCopy(ctx, await issueOnce(service.copies, said('key'), wish), record.number);
}

async function showRegister({ ctx, service, view, query }: PageRequest): Promise<void> {
  const before = /^[1-9]\d{0,14}$/.test(query.before ?? '') ? Number(query.before) : undefined;
  const page = await listCopies(service.copies, { limit: atOnce, ...(before ? { before } : {}) });
  const prepared = view.may('copy.issue') ? await service.copies.prepared.list(actorOf(ctx).institution) : [];
  answerWith(ctx, <RegisterPage view={view} {...page} prepared={prepared} />);
}

async function showCopy({ ctx, service, view, params }: PageRequest): Promise<void> {
  answerWith(ctx, <CopyPage view={view} copy={await copyHistory(service.copies, params.copy ?? '')} />);
}

async function revoke({ ctx, service, params }: PageRequest): Promise<void> {
  const reason = ((await readPlainForm(ctx.req)).get('reason') ?? '').trim();
  if (reason === '' || reason.length > 1000)
    throw new ArchiveError('REQUEST_MALFORMED', 'Say why, in up to 1000 letters.');
  const { number } = await revokeCopy(service.copies, { copy: params.copy ?? '', actor: actorOf(ctx).name, reason });
  goTo(ctx, `/certified-copies/${number}`);
}

const isDay = (text: string) => /^\d{4}-\d\d-\d\d$/.test(text);

async function deliver({ ctx, service, params }: PageRequest): Promise<void> {
  const form = await readPlainForm(ctx.req);
  const said = (name: string) => (form.get(name) ?? '').trim().slice(0, 300);
  const channel = copyChannels.find((known) => known === said('channel'));
  if (!channel || !isDay(said('sentOn'))) throw new ArchiveError('REQUEST_MALFORMED', 'Choose a channel and a day.');
  const delivery = {
    ...{ channel, sentOn: said('sentOn') },
    ...(isDay(said('effectiveOn')) ? { effectiveOn: said('effectiveOn') } : {}),
    ...(said('legalBasis') ? { legalBasis: said('legalBasis') } : {}),
    ...(said('proof') ? { proof: { record: said('proof') } } : {}),
  };
  await recordDelivery(service.copies, { copy: params.copy ?? '', actor: actorOf(ctx).name, delivery });
  goTo(ctx, `/certified-copies/${params.copy}`);
}

async function showPayment({ ctx, service, view, params }: PageRequest): Promise<void> {
  answerWith(ctx, <PaymentPage view={view} payment={await copyPayment(service.copies, params.copy ?? '')} />);
}

async function pay({ ctx, service, params }: PageRequest): Promise<void> {
  const form = await readPlainForm(ctx.req);
  const said = (name: string) => (form.get(name) ?? '').trim().slice(0, 100);
  if (!isDay(said('paidOn'))) throw new ArchiveError('REQUEST_MALFORMED', 'Choose the day on which it was paid.');
  const payment = {
    paidOn: said('paidOn'),
    ...(said('amount') ? { amount: said('amount') } : {}),
    ...(said('proof') ? { proof: said('proof') } : {}),
  };
  await recordPayment(service.copies, { copy: params.copy ?? '', actor: actorOf(ctx).name, payment });
  goTo(ctx, `/certified-copies/${params.copy}`);
}

async function showPaper({ ctx, service, view, params }: PageRequest): Promise<void> {
  const copy = await copyHistory(service.copies, params.copy ?? '');
  answerWith(ctx, <PaperPage view={view} copy={copy} isLogged={false} />);
}

async function print({ ctx, service, view, params }: PageRequest): Promise<void> {
  await recordPrinting(service.copies, { copy: params.copy ?? '', actor: actorOf(ctx).name });
  const copy = await copyHistory(service.copies, params.copy ?? '');
  answerWith(ctx, <PaperPage view={view} copy={copy} isLogged={true} />);
}
