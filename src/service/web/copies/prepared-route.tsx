import {
  beginCloudSignature,
  canSignInCloud,
  completeCopy,
  finishCloudSignature,
  type IssuedCopy,
  withdrawPrepared,
} from '../../../archive/access/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { actorOf, readSignedCertificate, sendCopy } from '../../http/index.ts';
import { answerWith, goTo } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { ownOrigin } from '../session/cookies.ts';
import { PreparedPage } from './prepared-page.tsx';

/** Copies that wait for the authorised person's own signature. */
export const preparedPages: readonly PageRoute[] = [
  { method: 'get', path: '/prepared-copies/return', action: 'copy.issue', answer: finishInCloud },
  { method: 'get', path: '/prepared-copies/:copy', action: 'copy.issue', answer: show },
  { method: 'get', path: '/prepared-copies/:copy/cloud', action: 'copy.issue', answer: beginInCloud },
  { method: 'post', path: '/prepared-copies/:copy/signed', action: 'copy.issue', answer: complete },
  { method: 'post', path: '/prepared-copies/:copy/withdrawal', action: 'copy.issue', answer: withdraw },
];

async function show({ ctx, service: { copies }, view, params }: PageRequest): Promise<void> {
  const copy = await copies.prepared.find(actorOf(ctx).institution, params.copy ?? '');
  answerWith(ctx, <PreparedPage view={view} copy={copy} inCloud={canSignInCloud(copies)} />);
}

async function complete({ ctx, service: { copies }, params }: PageRequest): Promise<void> {
  await send(ctx, await completeCopy(copies, params.copy ?? '', await readSignedCertificate(ctx.req)));
}

async function withdraw({ ctx, service: { copies }, params }: PageRequest): Promise<void> {
  await withdrawPrepared(copies, params.copy ?? '', actorOf(ctx).name);
  goTo(ctx, '/certified-copies');
}

/** The person is sent to the signing service; what is begun harms nothing, so that a link will do. */
async function beginInCloud({ ctx, service, params }: PageRequest): Promise<void> {
  ctx.redirect(await beginCloudSignature(service.copies, params.copy ?? '', returnAddress(ctx, service)));
}

async function finishInCloud({ ctx, service: { copies }, query }: PageRequest): Promise<void> {
  const { code, state } = query;
  if (!code || !state)
    throw new ArchiveError(
      'SEAL_UNAVAILABLE',
      'The signing service gave no signature. Begin it anew, or sign with a card.',
    );
  await send(ctx, await finishCloudSignature(copies, { code, state }));
}

function returnAddress(ctx: PageRequest['ctx'], service: PageRequest['service']): string {
  return `${ownOrigin(service, ctx)}/prepared-copies/return`;
}

function send(ctx: PageRequest['ctx'], issued: IssuedCopy): Promise<void> {
  return sendCopy(ctx, issued, issued.statement.record.number);
}
