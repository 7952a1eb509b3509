import { liftHold, type NewHold, placeHold, reviewHold } from '../../../archive/administration/index.ts';
import { findHold, listHolds } from '../../../archive/data-management/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { json, type Route } from '../route.ts';
import { presentHold } from './presenter.ts';
import { holdBody, holdQuery, holdReviewBody, liftingBody } from './schema.ts';

const listAll: Route = {
  method: 'get',
  path: '/holds',
  operation: 'listHolds',
  summary: 'Legal holds, those first that are to be looked at first',
  action: 'office.read',
  query: holdQuery,
  answers: { 200: json('The holds', 'HoldList') },
  handle: async ({ context }, { ctx, actor, query }) => {
    const lifted = query.lifted === true;
    ctx.body = { holds: (await listHolds(context.catalog, actor.institution, { lifted })).map(presentHold) };
  },
};

const place: Route = {
  method: 'post',
  path: '/holds',
  operation: 'placeHold',
  summary: 'Forbid destruction of a record, a case, a category, or all that a query finds; holds overlap freely',
  action: 'hold.change',
  body: { type: 'application/json', schema: holdBody },
  answers: { 201: json('The hold', 'Hold') },
  handle: async ({ context }, { ctx, actor, body }) => {
    ctx.status = 201;
    ctx.body = presentHold(await placeHold(context, { ...(body as Omit<NewHold, 'actor'>), actor: actor.name }));
  },
};

const read: Route = {
  method: 'get',
  path: '/holds/:hold',
  operation: 'readHold',
  summary: 'A hold: by whose word, by what act, why, and until when nobody looks at it',
  action: 'office.read',
  answers: { 200: json('The hold', 'Hold') },
  handle: async ({ context }, { ctx, actor, params }) => {
    const hold = await findHold(context.catalog, actor.institution, params.hold ?? '');
    if (!hold) throw new ArchiveError('ENTRY_UNKNOWN', 'There is no such hold.');
    ctx.body = presentHold(hold);
  },
};

const review: Route = {
  method: 'post',
  path: '/holds/:hold/reviews',
  operation: 'reviewHold',
  summary: 'Note that a hold was looked at and stays until another day',
  action: 'hold.change',
  body: { type: 'application/json', schema: holdReviewBody },
  answers: { 200: json('The hold', 'Hold') },
  handle: async ({ context }, { ctx, actor, params, body }) => {
    const { reviewOn } = body as { reviewOn: string };
    ctx.body = presentHold(await reviewHold(context, { hold: params.hold ?? '', reviewOn, actor: actor.name }));
  },
};

const lift: Route = {
  method: 'post',
  path: '/holds/:hold/lifting',
  operation: 'liftHold',
  summary: 'Lift one hold, for a reason; others on the same records stay',
  action: 'hold.change',
  body: { type: 'application/json', schema: liftingBody },
  answers: { 200: json('The hold', 'Hold') },
  handle: async ({ context }, { ctx, actor, params, body }) => {
    const { reason } = body as { reason: string };
    ctx.body = presentHold(await liftHold(context, { hold: params.hold ?? '', reason, actor: actor.name }));
  },
};

export const holdRoutes: readonly Route[] = [listAll, place, read, review, lift];
