import {
  extendPeriod,
  findCandidates,
  type StartOfPeriod,
  startPeriod,
} from '../../../archive/administration/index.ts';
import { countRetention, findRecord, startEvents } from '../../../archive/data-management/index.ts';
import { actorOf } from '../../http/index.ts';
import { answerWith, goTo } from '../answer.ts';
import { TextField } from '../fields.tsx';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { readOfficeForm } from './form.ts';
import { AreaField, ChoiceField, DayField, Facts, OfficeForm, OfficePage, OfficeTable } from './parts.tsx';

/** Retention: what has expired, what keeps it, events that start periods, and reviews that put them off. */
export const retentionPages: readonly PageRoute[] = [
  { method: 'get', path: '/office/retention', action: 'office.read', answer: show },
  { method: 'post', path: '/office/retention/events', action: 'office.change', answer: start },
  { method: 'post', path: '/office/retention/extensions', action: 'office.change', answer: extend },
];

async function show({ ctx, service, view, query }: PageRequest): Promise<void> {
  const { context } = service;
  const { t } = view;
  const { candidates, next } = await findCandidates(context, {
    limit: 100,
    ...(query.after ? { after: query.after } : {}),
  });
  const counts = await countRetention(context.catalog, actorOf(ctx).institution);
  const numbers = new Map<string, string>();
  for (const { record } of candidates)
    numbers.set(record, (await findRecord(context.catalog, context.institution.id, record))?.number ?? record);
  answerWith(
    ctx,
    <OfficePage view={view} title={t.say('office.retention')} room="retention">
      <Facts
        facts={(['permanent', 'limited', 'notStarted', 'unlisted'] as const).map((name) => [
          t.say(`retention.${name}`),
          t.number(counts[name]),
        ])}
      />
      <h2>{t.say('retention.candidates')}</h2>
      {candidates.length === 0 ? (
        <p class="empty">{t.say('retention.noCandidates')}</p>
      ) : (
        <OfficeTable
          caption={t.say('retention.candidates')}
          columns={[
            t.say('office.record'),
            t.say('categories.mark'),
            t.say('retention.ended'),
            t.say('retention.setAsideBy'),
            t.say('retention.kept'),
          ]}
          rows={candidates.map(({ record, mark, expiresOn = '', setAsideBy, isOverdue, holds, disposal, bookRow }) => [
            <a key={record} href={`/records/${numbers.get(record)}`}>
              {numbers.get(record)}
            </a>,
            mark,
            t.day(expiresOn),
            `${t.day(setAsideBy)}${isOverdue ? ` – ${t.say('office.late')}` : ''}`,
            [
              ...(holds.length > 0 ? [t.say('retention.held')] : []),
              ...(disposal ? [t.say('retention.inDisposal', { number: disposal })] : []),
              ...(bookRow === undefined ? [t.say('retention.notInBook')] : []),
            ].join(', '),
          ])}
        />
      )}
      {next ? (
        <p class="paging">
          <a href={`/office/retention?after=${encodeURIComponent(next)}`}>{t.say('paging.next')}</a>
        </p>
      ) : null}
      {view.may('office.change') ? <Forms view={view} /> : null}
    </OfficePage>,
  );
}

function Forms({ view: { t } }: Pick<PageRequest, 'view'>) {
  return (
    <>
      <OfficeForm title={t.say('retention.start')} action="/office/retention/events">
        <TextField id="case" label={t.say('office.case')} hint={t.say('retention.caseHint')} isOptional />
        <TextField id="record" label={t.say('office.record')} isOptional />
        <ChoiceField
          id="event"
          label={t.say('retention.event')}
          choices={startEvents.slice(2).map((event) => [event, t.say(`startevent.${event}`)])}
        />
        <DayField id="date" label={t.say('office.date')} />
      </OfficeForm>
      <OfficeForm title={t.say('retention.extend')} action="/office/retention/extensions">
        <TextField id="extended" name="record" label={t.say('office.record')} />
        <DayField id="until" label={t.say('retention.until')} />
        <AreaField id="reason" label={t.say('office.reason')} />
      </OfficeForm>
    </>
  );
}

async function start({ ctx, service }: PageRequest): Promise<void> {
  const { said, optional } = await readOfficeForm(ctx);
  await startPeriod(service.context, {
    ...optional('case'),
    ...optional('record'),
    event: said('event') as StartOfPeriod['event'], // checked there
    date: said('date'),
    actor: actorOf(ctx).name,
  });
  goTo(ctx, '/office/retention');
}

async function extend({ ctx, service }: PageRequest): Promise<void> {
  const { said } = await readOfficeForm(ctx);
  await extendPeriod(service.context, {
    record: said('record'),
    until: said('until'),
    reason: said('reason'),
    actor: actorOf(ctx).name,
  });
  goTo(ctx, '/office/retention');
}
