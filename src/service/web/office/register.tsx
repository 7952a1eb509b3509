import { closeBook, registerAct, voidEntry } from '../../../archive/administration/index.ts';
import {
  listRegister,
  type RegisterEntry,
  registerNumber,
  serbianDay,
} from '../../../archive/data-management/index.ts';
import { actorOf } from '../../http/index.ts';
import { answerWith, goTo } from '../answer.ts';
import { TextField } from '../fields.tsx';
import type { PageRequest, PageRoute } from '../page-route.ts';
import type { PageView } from '../page-view.ts';
import { chosenCreator, readOfficeForm } from './form.ts';
import { AreaField, CreatorChoice, DayField, NoCreator, OfficeForm, OfficePage } from './parts.tsx';

/** The register of acts (деловодник). */
export const registerPages: readonly PageRoute[] = [
  { method: 'get', path: '/office/register', action: 'office.read', answer: show },
  { method: 'post', path: '/office/register', action: 'office.change', answer: enter },
  { method: 'post', path: '/office/register/closings', action: 'office.change', answer: close },
  { method: 'post', path: '/office/register/:entry/voiding', action: 'office.change', answer: makeVoid },
];

const mostShown = 500;

async function show(request: PageRequest): Promise<void> {
  const { ctx, service, view, query } = request;
  const { t } = view;
  const { catalog, clock, institution } = service.context;
  const { creators, chosen } = await chosenCreator(request);
  const today = serbianDay(clock());
  const year = /^\d{4}$/.test(query.year ?? '') ? (query.year ?? '') : today.slice(0, 4);
  const entries = chosen
    ? await listRegister(catalog, { institution: institution.id, creator: chosen.id, year, limit: mostShown })
    : [];
  answerWith(
    ctx,
    <OfficePage view={view} title={t.say('office.register')} room="register">
      {chosen ? <CreatorChoice view={view} creators={creators} chosen={chosen} /> : <NoCreator view={view} />}
      {chosen && view.may('office.change') ? <EnterForm view={view} creator={chosen.id} today={today} /> : null}
      {chosen ? (
        <form method="get" class="narrow with-button">
          <input type="hidden" name="creator" value={chosen.id} />
          <input type="text" name="year" value={year} aria-label={t.say('office.year')} maxLength={4} />
          <button type="submit">{t.say('office.show')}</button>
        </form>
      ) : null}
      {chosen && entries.length === 0 ? <p class="empty">{t.say('register.empty', { year })}</p> : null}
      <ol class="plain-list">
        {entries.map((entry) => (
          <Entry key={entry.id} view={view} entry={entry} />
        ))}
      </ol>
      {chosen && view.may('office.change') ? <CloseForm view={view} creator={chosen.id} /> : null}
    </OfficePage>,
  );
}

function Entry({ view, entry }: { readonly view: PageView; readonly entry: RegisterEntry }) {
  const { t } = view;
  const { id, facts, receivedOn, record, voided } = entry;
  return (
    <li>
      <strong>{registerNumber(entry)}</strong> {facts.subject}
      <span class="muted small block">
        {[t.say('register.received', { day: t.day(receivedOn) }), facts.sender, facts.unit].filter(Boolean).join(', ')}
        {record ? (
          <>
            {' '}
            <a href={`/records/${record}`}>{t.say('office.record')}</a>
          </>
        ) : null}
      </span>
      {voided ? (
        <p class="notice">{t.say('register.voided', { time: t.time(voided.at), reason: voided.reason })}</p>
      ) : null}
      {!voided && view.may('office.change') ? (
        <OfficeForm
          title={t.say('register.void', { number: registerNumber(entry) })}
          action={`/office/register/${id}/voiding`}
        >
          <AreaField id={`void-${id}`} name="reason" label={t.say('office.reason')} />
        </OfficeForm>
      ) : null}
    </li>
  );
}

function EnterForm({
  view: { t },
  creator,
  today,
}: {
  readonly view: PageView;
  readonly creator: string;
  readonly today: string;
}) {
  return (
    <OfficeForm title={t.say('register.enter')} action="/office/register">
      <input type="hidden" name="creator" value={creator} />
      <TextField id="subject" label={t.say('register.subject')} />
      <DayField id="receivedOn" label={t.say('register.receivedOn')} value={today} />
      <TextField id="sender" label={t.say('register.sender')} isOptional />
      <TextField id="senderNumber" label={t.say('register.senderNumber')} isOptional />
      <DayField id="senderDate" label={t.say('register.senderDate')} isOptional />
      <TextField id="unit" label={t.say('register.unit')} isOptional />
      <TextField id="case" label={t.say('register.case')} hint={t.say('register.caseHint')} isOptional />
      <TextField id="record" label={t.say('office.record')} isOptional />
      <TextField id="book" label={t.say('register.book')} hint={t.say('register.bookHint')} isOptional maxLength={20} />
    </OfficeForm>
  );
}

function CloseForm({ view: { t }, creator }: { readonly view: PageView; readonly creator: string }) {
  return (
    <OfficeForm title={t.say('register.close')} action="/office/register/closings">
      <input type="hidden" name="creator" value={creator} />
      <TextField id="closedBook" name="book" label={t.say('register.book')} maxLength={20} />
      <TextField id="closedYear" name="year" label={t.say('office.year')} maxLength={4} />
    </OfficeForm>
  );
}

async function enter({ ctx, service }: PageRequest): Promise<void> {
  const { said, optional } = await readOfficeForm(ctx);
  await registerAct(service.context, {
    creator: said('creator'),
    receivedOn: said('receivedOn'),
    ...(said('case') ? { case: Number(said('case')) } : {}),
    ...optional('record'),
    ...optional('book'),
    facts: {
      subject: said('subject'),
      ...optional('sender'),
      ...optional('senderNumber'),
      ...optional('senderDate'),
      ...optional('unit'),
    },
    actor: actorOf(ctx).name,
  });
  goTo(ctx, `/office/register?creator=${encodeURIComponent(said('creator'))}&year=${said('receivedOn').slice(0, 4)}`);
}

async function makeVoid({ ctx, service, params }: PageRequest): Promise<void> {
  const { said } = await readOfficeForm(ctx);
  const { creator, year } = await voidEntry(service.context, {
    entry: params.entry ?? '',
    reason: said('reason'),
    actor: actorOf(ctx).name,
  });
  goTo(ctx, `/office/register?creator=${creator}&year=${year}`);
}

async function close({ ctx, service }: PageRequest): Promise<void> {
  const { said } = await readOfficeForm(ctx);
  const closing = { creator: said('creator'), book: said('book'), year: said('year'), actor: actorOf(ctx).name };
  await closeBook(service.context, closing);
  goTo(ctx, `/office/register?creator=${encodeURIComponent(said('creator'))}&year=${said('year')}`);
}
