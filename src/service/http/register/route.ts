import { closeBook, type NewRegisterEntry, registerAct, voidEntry } from '../../../archive/administration/index.ts';
import { listRegister, type RegisterEntry, registerNumber } from '../../../archive/data-management/index.ts';
import { json, type Route } from '../route.ts';
import { closingBody, registerBody, registerQuery, voidBody } from './schema.ts';

const listAll: Route = {
  method: 'get',
  path: '/register',
  operation: 'listRegister',
  summary: 'The register of acts (delovodnik), in the order of its numbers',
  action: 'office.read',
  query: registerQuery,
  answers: { 200: json('The entries', 'Register') },
  handle: async ({ context }, { ctx, actor, query }) => {
    const { case: base, ...narrow } = query as Omit<Parameters<typeof listRegister>[1], 'institution'> & {
      case?: number;
    };
    const entries = await listRegister(context.catalog, {
      ...narrow,
      institution: actor.institution,
      ...(base === undefined ? {} : { base }),
    });
    ctx.body = { entries: entries.map(present) };
  },
};

const enter: Route = {
  method: 'post',
  path: '/register',
  operation: 'registerAct',
  summary: 'Enter an act: the next number of the book, or the next act of a case',
  action: 'office.change',
  body: { type: 'application/json', schema: registerBody },
  answers: { 201: json('The entry', 'RegisterEntry') },
  handle: async ({ context }, { ctx, actor, body }) => {
    ctx.status = 201;
    ctx.body = present(await registerAct(context, { ...(body as Omit<NewRegisterEntry, 'actor'>), actor: actor.name }));
  },
};

const cancel: Route = {
  method: 'post',
  path: '/register/:entry/voiding',
  operation: 'voidRegisterEntry',
  summary: 'Void an entry (storno) with a reason; its number stays taken',
  action: 'office.change',
  body: { type: 'application/json', schema: voidBody },
  answers: { 200: json('The entry', 'RegisterEntry') },
  handle: async ({ context }, { ctx, actor, params, body }) => {
    const { reason } = body as { reason: string };
    ctx.body = present(await voidEntry(context, { entry: params.entry ?? '', reason, actor: actor.name }));
  },
};

const close: Route = {
  method: 'post',
  path: '/register/closings',
  operation: 'closeRegister',
  summary: 'Close a book at the end of its year: nothing is entered any more',
  action: 'office.change',
  body: { type: 'application/json', schema: closingBody },
  answers: { 201: json('How many entries it has', 'ClosedRegister') },
  handle: async ({ context }, { ctx, actor, body }) => {
    const said = body as { creator: string; book: string; year: string };
    const entries = await closeBook(context, { ...said, actor: actor.name });
    ctx.status = 201;
    ctx.body = { entries };
  },
};

function present(entry: RegisterEntry): object {
  const { institution: _institution, ...rest } = entry;
  return { ...rest, number: registerNumber(entry) };
}

export const registerRoutes: readonly Route[] = [listAll, enter, cancel, close];
