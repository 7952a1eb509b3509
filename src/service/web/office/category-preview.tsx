import type { Category } from '../../../archive/data-management/index.ts';
import { writeCsv } from '../../../standards/formats/table/index.ts';
import type { PageView } from '../page-view.ts';
import type { OfficeAnswers } from './form.ts';
import { OfficePage, OfficeTable } from './parts.tsx';

/** What a new version of a list would change. */
export interface CategoryChange {
  readonly kind: 'added' | 'changed' | 'dropped';
  readonly mark: string;
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
}

/** By marks: what comes, what goes, and what gets another name, period or start. */
export function changesOf(earlier: readonly Category[], next: readonly Category[]): CategoryChange[] {
  const before = new Map(earlier.map((category) => [category.mark, category]));
  const after = new Set(next.map(({ mark }) => mark));
  const told = ({ name, period, startEvent }: Category) => `${name}; ${period}; ${startEvent}`;
  return [
    ...next.flatMap((category): CategoryChange[] => {
      const { mark, name } = category;
      const old = before.get(mark);
      if (!old) return [{ kind: 'added', mark, name, after: category.period }];
      if (told(old) === told(category)) return [];
      return [{ kind: 'changed', mark, name, before: told(old), after: told(category) }];
    }),
    ...earlier
      .filter(({ mark }) => !after.has(mark))
      .map(({ mark, name, period }): CategoryChange => ({ kind: 'dropped', mark, name, before: period })),
  ];
}

interface PreviewProps {
  readonly view: PageView;
  readonly form: OfficeAnswers;
  readonly categories: readonly Category[];
  readonly changes: readonly CategoryChange[];
}

/** What would change, and the button that adopts it. The table travels in the form: nothing of it is kept meanwhile. */
export function CategoryPreview({ view, form, categories, changes }: PreviewProps) {
  const { t } = view;
  const count = (wanted: CategoryChange['kind']) => changes.filter(({ kind }) => kind === wanted).length;
  const kept = ['creator', 'adoptedOn', 'validFrom', 'consent', 'consentDate', 'exact'] as const;
  return (
    <OfficePage view={view} title={t.say('preview.changes')} room="categories">
      <p class="lead">
        {t.say('preview.lead', {
          all: categories.length,
          added: count('added'),
          changed: count('changed'),
          dropped: count('dropped'),
        })}
      </p>
      <p class="hint">{t.say('preview.hint')}</p>
      {changes.length === 0 ? (
        <p class="notice">{t.say('preview.same')}</p>
      ) : (
        <OfficeTable
          caption={t.say('preview.changes')}
          columns={[
            t.say('preview.what'),
            t.say('categories.mark'),
            t.say('categories.name'),
            t.say('preview.before'),
            t.say('preview.after'),
          ]}
          rows={changes.map(({ kind, mark, name, before = '', after = '' }) => [
            t.say(`change.${kind}`),
            mark,
            name,
            before,
            after,
          ])}
        />
      )}
      <form method="post" action="/office/categories" encType="multipart/form-data">
        {kept.map((name) => (
          <input key={name} type="hidden" name={name} value={form.said(name)} />
        ))}
        <input type="hidden" name="table" value={encoded(categories)} />
        <p class="actions">
          <button type="submit" class="primary">
            {t.say('preview.adopt')}
          </button>
          <a class="button" href="/office/categories">
            {t.say('office.back')}
          </a>
        </p>
      </form>
    </OfficePage>
  );
}

/** As a table by which the same categories are read again. */
function encoded(categories: readonly Category[]): string {
  const heads = ['number', 'mark', 'name', 'period', 'start event', 'carrier', 'purpose', 'legal basis'];
  const carriers = { paper: 'папир', electronic: 'електронски', both: 'оба' } as const;
  const rows = categories.map(({ number, mark, name, period, startEvent, carrier, purpose = '', legalBasis = '' }) => [
    ...[String(number), mark, name, period, startEvent, carrier ? carriers[carrier] : '', purpose, legalBasis],
  ]);
  return Buffer.from(writeCsv([heads, ...rows])).toString('base64');
}

/** A period in words. */
export function PeriodText({ view: { t }, period }: { readonly view: PageView; readonly period: string }) {
  if (period === 'trajno') return <>{t.say('period.permanent')}</>;
  if (period === 'trajno operativno') return <>{t.say('period.operational')}</>;
  return <>{t.say('period.years', { n: period })}</>;
}
