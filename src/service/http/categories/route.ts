import {
  type AdoptedList,
  adoptList,
  readCategoryTable,
  type TableForm,
  writeCategoryTable,
} from '../../../archive/administration/index.ts';
import {
  categoriesOf,
  findCategoryList,
  listCategoryLists,
  listCreators,
  listInForce,
  serbianDay,
} from '../../../archive/data-management/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { json, type Route } from '../route.ts';
import { documentAnswer, sendDocument } from '../send-document.ts';
import { presentList } from './presenter.ts';
import { creatorQuery, listBody, tableQuery } from './schema.ts';

const inForce: Route = {
  method: 'get',
  path: '/categories',
  operation: 'listCategories',
  summary: 'The categories by which records are classified today, of each creator',
  action: 'office.read',
  query: creatorQuery,
  answers: { 200: json('The lists in force', 'CategoriesInForce') },
  handle: async ({ context }, { ctx, actor, query }) => {
    const { catalog, clock } = context;
    const day = serbianDay(clock());
    const lists = [];
    for (const { id } of await listCreators(catalog, actor.institution)) {
      const list =
        query.creator === undefined || query.creator === id ? await listInForce(catalog, id, day) : undefined;
      if (list) lists.push(presentList(list, await categoriesOf(catalog, list.id)));
    }
    ctx.body = { day, lists };
  },
};

const versions: Route = {
  method: 'get',
  path: '/category-lists',
  operation: 'listCategoryLists',
  summary: 'Every version of the lists of categories, newest first',
  action: 'office.read',
  query: creatorQuery,
  answers: { 200: json('The versions', 'CategoryLists') },
  handle: async ({ context }, { ctx, actor, query }) => {
    const lists = await listCategoryLists(context.catalog, actor.institution, query.creator as string | undefined);
    ctx.body = { lists: lists.map((list) => presentList(list)) };
  },
};

const adopt: Route = {
  method: 'post',
  path: '/category-lists',
  operation: 'adoptCategoryList',
  summary: 'Enter the next version of a creator’s list, as JSON or as a spreadsheet; old records keep their categories',
  action: 'office.change',
  body: { type: 'application/json', schema: listBody },
  answers: { 201: json('The version', 'CategoryList') },
  handle: async ({ context }, { ctx, actor, body }) => {
    const { table, categories, ...said } = body as Omit<AdoptedList, 'actor' | 'categories'> & {
      categories?: AdoptedList['categories'];
      table?: { form: TableForm; base64: string };
    };
    const read = table ? await readCategoryTable(Buffer.from(table.base64, 'base64'), table.form) : (categories ?? []);
    const list = await adoptList(context, { ...said, categories: read, actor: actor.name });
    ctx.status = 201;
    ctx.body = presentList(list, await categoriesOf(context.catalog, list.id));
  },
};

const read: Route = {
  method: 'get',
  path: '/category-lists/:list',
  operation: 'readCategoryList',
  summary: 'A version of a list with its categories, as JSON, CSV or XLSX',
  action: 'office.read',
  query: tableQuery,
  answers: {
    200: {
      ...documentAnswer('The version', ['csv', 'xlsx']),
      content: {
        ...json('', 'CategoryList').content,
        ...documentAnswer('', ['csv', 'xlsx']).content,
      },
    },
  },
  handle: async ({ context }, { ctx, actor, params, query }) => {
    const list = await findCategoryList(context.catalog, actor.institution, params.list ?? '');
    if (!list) throw new ArchiveError('ENTRY_UNKNOWN', 'There is no such list.');
    const categories = await categoriesOf(context.catalog, list.id);
    const form = query.form as 'json' | TableForm;
    if (form === 'json') ctx.body = presentList(list, categories);
    else
      sendDocument(ctx, `lista-kategorija-${list.version}.${form}`, form, await writeCategoryTable(categories, form));
  },
};

export const categoryRoutes: readonly Route[] = [inForce, versions, adopt, read];
