import {
  adoptList,
  readCategoryTable,
  seedCategories,
  writeCategoryTable,
} from '../../../archive/administration/index.ts';
import {
  type Category,
  type CategoryList,
  type Creator,
  categoriesOf,
  findCategoryList,
  listCategoryLists,
  listInForce,
  serbianDay,
} from '../../../archive/data-management/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { actorOf } from '../../http/index.ts';
import { answerWith, goTo } from '../answer.ts';
import { TextField } from '../fields.tsx';
import type { PageRequest, PageRoute } from '../page-route.ts';
import type { PageView } from '../page-view.ts';
import { CategoryPreview, changesOf, PeriodText } from './category-preview.tsx';
import { chosenCreator, readOfficeForm, sendAttachment } from './form.ts';
import {
  CheckField,
  CreatorChoice,
  DayField,
  Downloads,
  FileField,
  NoCreator,
  OfficeForm,
  OfficePage,
  OfficeTable,
} from './parts.tsx';

/** The list of categories: what is in force, its versions, and the import of the next one, seen before it is adopted. */
export const categoryPages: readonly PageRoute[] = [
  { method: 'get', path: '/office/categories', action: 'office.read', answer: show },
  { method: 'post', path: '/office/categories/preview', action: 'office.change', answer: preview },
  { method: 'post', path: '/office/categories', action: 'office.change', answer: adopt },
  { method: 'get', path: '/office/categories/seed.csv', action: 'office.read', answer: giveSeed },
  { method: 'get', path: '/office/categories/:list/table', action: 'office.read', answer: giveTable },
];

async function show(request: PageRequest): Promise<void> {
  const { ctx, service, view, query } = request;
  const { t } = view;
  const { creators, chosen } = await chosenCreator(request);
  const { catalog, clock, institution } = service.context;
  const lists = chosen ? await listCategoryLists(catalog, institution.id, chosen.id) : [];
  const inForce = chosen && (await listInForce(catalog, chosen.id, serbianDay(clock())));
  const shown = query.list ? lists.find(({ id }) => id === query.list) : (inForce ?? lists[0]);
  const categories = shown ? await categoriesOf(catalog, shown.id) : [];
  answerWith(
    ctx,
    <OfficePage view={view} title={t.say('office.categories')} room="categories">
      {chosen ? <CreatorChoice view={view} creators={creators} chosen={chosen} /> : <NoCreator view={view} />}
      {shown ? (
        <>
          <p>
            {t.say('categories.version', { n: shown.version, day: t.day(shown.facts.validFrom) })}{' '}
            {shown.id === inForce?.id ? <span class="badge good">{t.say('categories.inForce')}</span> : null}
          </p>
          {shown.facts.consent ? (
            <p class="muted">
              {t.say('categories.consent')}: {shown.facts.consent.number}, {t.day(shown.facts.consent.date)}
            </p>
          ) : null}
          <Downloads
            of={(['xlsx', 'csv'] as const).map((form) => [
              `/office/categories/${shown.id}/table?form=${form}`,
              form.toUpperCase(),
            ])}
          />
          <Categories view={view} categories={categories} />
        </>
      ) : chosen ? (
        <>
          <p class="empty">{t.say('categories.none')}</p>
          <p class="hint">{t.say('categories.seedHint')}</p>
          <Downloads of={[['/office/categories/seed.csv', t.say('categories.seed')]]} />
        </>
      ) : null}
      {chosen && view.may('office.change') ? <ImportForm view={view} creator={chosen} /> : null}
      {lists.length > 1 ? <Versions view={view} lists={lists} creator={chosen} /> : null}
    </OfficePage>,
  );
}

function Categories({ view, categories }: { readonly view: PageView; readonly categories: readonly Category[] }) {
  const { t } = view;
  return (
    <OfficeTable
      caption={t.say('office.categories')}
      columns={[
        t.say('office.ordinal'),
        t.say('categories.mark'),
        t.say('categories.name'),
        t.say('categories.period'),
        t.say('categories.runsFrom'),
      ]}
      rows={categories.map(({ number, mark, name, period, startEvent }) => [
        String(number),
        mark,
        name,
        <PeriodText key={mark} view={view} period={period} />,
        t.say(`startevent.${startEvent}`),
      ])}
    />
  );
}

function Versions({
  view: { t },
  lists,
  creator,
}: {
  readonly view: PageView;
  readonly lists: readonly CategoryList[];
  readonly creator: Creator | undefined;
}) {
  return (
    <section aria-labelledby="versions-title">
      <h2 id="versions-title">{t.say('categories.versions')}</h2>
      <ul class="plain-list">
        {lists.map(({ id, version, facts }) => (
          <li key={id}>
            <a href={`/office/categories?creator=${creator?.id}&list=${id}`}>
              {t.say('categories.version', { n: version, day: t.day(facts.validFrom) })}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

function ImportForm({ view: { t }, creator }: { readonly view: PageView; readonly creator: Creator }) {
  return (
    <OfficeForm title={t.say('categories.import')} action="/office/categories/preview" isUpload>
      <input type="hidden" name="creator" value={creator.id} />
      <DayField id="adoptedOn" label={t.say('categories.adoptedOn')} />
      <DayField
        id="validFrom"
        label={t.say('categories.validFrom')}
        hint={t.say('categories.validFromHint')}
        isOptional
      />
      <TextField
        id="consent"
        label={t.say('categories.consent')}
        hint={t.say('categories.consentHint')}
        isOptional={creator.facts.regime === 'private'}
      />
      <DayField
        id="consentDate"
        label={t.say('categories.consentDate')}
        isOptional={creator.facts.regime === 'private'}
      />
      <CheckField name="exact" label={t.say('categories.exact')} />
      <FileField id="table" label={t.say('categories.file')} hint={t.say('categories.fileHint')} accept=".csv,.xlsx" />
    </OfficeForm>
  );
}

/** Reads the table and shows what it would change; nothing is taken yet. */
async function preview({ ctx, service, view }: PageRequest): Promise<void> {
  const form = await readOfficeForm(ctx);
  const { file } = form;
  const kind = /\.xlsx$/i.test(file?.name ?? '') ? 'xlsx' : 'csv';
  if (!file || file.content.length === 0) throw new ArchiveError('SUBMISSION_EMPTY', 'Choose the file with the list.');
  const categories = await readCategoryTable(file.content, kind);
  const { catalog, clock } = service.context;
  const inForce = await listInForce(catalog, form.said('creator'), serbianDay(clock()));
  const earlier = inForce ? await categoriesOf(catalog, inForce.id) : [];
  answerWith(
    ctx,
    <CategoryPreview view={view} form={form} categories={categories} changes={changesOf(earlier, categories)} />,
  );
}

async function adopt({ ctx, service }: PageRequest): Promise<void> {
  const form = await readOfficeForm(ctx);
  const { said } = form;
  const categories = await readCategoryTable(Buffer.from(said('table'), 'base64'), 'csv');
  await adoptList(service.context, {
    creator: said('creator'),
    adoptedOn: said('adoptedOn'),
    ...form.optional('validFrom'),
    formula: said('exact') ? 'exact' : 'year-end',
    ...(said('consent') ? { consent: { number: said('consent'), date: said('consentDate') } } : {}),
    categories,
    actor: actorOf(ctx).name,
  });
  goTo(ctx, `/office/categories?creator=${encodeURIComponent(said('creator'))}`);
}

/** A draft to begin with, to be checked by the creator. */
async function giveSeed({ ctx }: PageRequest): Promise<void> {
  sendAttachment(ctx, 'nacrt-liste-kategorija.csv', 'text/csv', await writeCategoryTable(seedCategories, 'csv'));
}

async function giveTable({ ctx, service, params, query }: PageRequest): Promise<void> {
  const { catalog, institution } = service.context;
  const list = await findCategoryList(catalog, institution.id, params.list ?? '');
  if (!list) throw new ArchiveError('ENTRY_UNKNOWN', 'There is no such list.');
  const form = query.form === 'xlsx' ? 'xlsx' : 'csv';
  const bytes = await writeCategoryTable(await categoriesOf(catalog, list.id), form);
  sendAttachment(
    ctx,
    `lista-kategorija-${list.version}.${form}`,
    form === 'xlsx' ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'text/csv',
    bytes,
  );
}
