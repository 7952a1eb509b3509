import { enterCreator } from '../../../archive/administration/index.ts';
import { type Creator, findCreator, listCreators } from '../../../archive/data-management/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { json, type Route } from '../route.ts';
import { presentCreator } from './presenter.ts';
import { creatorBody } from './schema.ts';

const listAll: Route = {
  method: 'get',
  path: '/creators',
  operation: 'listCreators',
  summary: 'The creators of records (stvaraoci) of the institution',
  action: 'office.read',
  answers: { 200: json('The creators', 'CreatorList') },
  handle: async ({ context }, { ctx, actor }) => {
    ctx.body = { creators: (await listCreators(context.catalog, actor.institution)).map(presentCreator) };
  },
};

const enter: Route = {
  method: 'post',
  path: '/creators',
  operation: 'enterCreator',
  summary: 'Enter a creator: the law’s data with check digits, its archive, its internal rules',
  action: 'office.change',
  body: { type: 'application/json', schema: creatorBody },
  answers: { 201: json('The creator', 'Creator') },
  handle: async ({ context }, { ctx, actor, body }) => {
    const { creator, warnings } = await enterCreator(context, { facts: body, actor: actor.name });
    ctx.status = 201;
    ctx.body = { ...presentCreator(creator), warnings };
  },
};

const read: Route = {
  method: 'get',
  path: '/creators/:creator',
  operation: 'readCreator',
  summary: 'What is on file of a creator',
  action: 'office.read',
  answers: { 200: json('The creator', 'Creator') },
  handle: async ({ context }, { ctx, actor, params }) => {
    const creator: Creator | undefined = await findCreator(context.catalog, actor.institution, params.creator ?? '');
    if (!creator) throw new ArchiveError('ENTRY_UNKNOWN', 'There is no such creator.');
    ctx.body = presentCreator(creator);
  },
};

const change: Route = {
  method: 'post',
  path: '/creators/:creator/versions',
  operation: 'changeCreator',
  summary: 'Change what is on file of a creator: the whole of it, in a new version; the old one is kept',
  action: 'office.change',
  body: { type: 'application/json', schema: creatorBody },
  answers: { 201: json('The creator', 'Creator') },
  handle: async ({ context }, { ctx, actor, params, body }) => {
    const id = params.creator ?? '';
    const { creator, warnings } = await enterCreator(context, { id, facts: body, actor: actor.name });
    ctx.status = 201;
    ctx.body = { ...presentCreator(creator), warnings };
  },
};

export const creatorRoutes: readonly Route[] = [listAll, enter, read, change];
