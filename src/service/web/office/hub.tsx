import { findCandidates, findHandOvers, noticesDue, transcriptsDue } from '../../../archive/administration/index.ts';
import {
  type Creator,
  countRetention,
  listCreators,
  listDisposals,
  listHolds,
  serbianDay,
} from '../../../archive/data-management/index.ts';
import { actorOf } from '../../http/index.ts';
import { answerWith } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { NoCreator, OfficePage } from './parts.tsx';

/** The first page of records management: what waits, and where to go. */
export const hubPages: readonly PageRoute[] = [{ method: 'get', path: '/office', action: 'office.read', answer: show }];

async function show({ ctx, service, view }: PageRequest): Promise<void> {
  const { context } = service;
  const { institution } = actorOf(ctx);
  const { t } = view;
  const creators = await listCreators(context.catalog, institution);
  const today = serbianDay(context.clock());
  const waiting = await whatWaits(service, institution, today);
  answerWith(
    ctx,
    <OfficePage view={view} title={t.say('office.title')}>
      <p class="lead">{t.say('office.lead')}</p>
      {creators.length === 0 ? <NoCreator view={view} /> : null}
      {creators.some(({ facts }) => facts.regime === 'public') ? <EArhivNotice view={view} /> : null}
      {waiting.length === 0 ? <p class="notice good">{t.say('office.nothingWaits')}</p> : null}
      <ul class="cards">
        {waiting.map(({ address, text, isLate }) => (
          <li key={address} class="card">
            <a class="title" href={address}>
              {t.say(`waits.${text.key}`, {
                ...text.values,
                ...(text.values.day ? { day: t.day(String(text.values.day)) } : {}),
              })}
            </a>
            {isLate ? <span class="badge bad">{t.say('office.late')}</span> : null}
          </li>
        ))}
      </ul>
      <ul class="actions">
        {view.may('copy.read') ? (
          <li>
            <a class="button" href="/certified-copies">
              {t.say('certified.register')}
            </a>
          </li>
        ) : null}
        <li>
          <a class="button" href="/erasure-requests">
            {t.say('erasure.title')}
          </a>
        </li>
      </ul>
    </OfficePage>,
  );
}

/** A public body uses the state's system as well: what to send there (UTT 3). */
export function EArhivNotice({ view: { t } }: Pick<PageRequest, 'view'>) {
  return (
    <section class="notice open" aria-labelledby="earhiv-title">
      <h2 id="earhiv-title">{t.say('earhiv.title')}</h2>
      <p>{t.say('earhiv.lead')}</p>
      <ul>
        {(['list', 'book', 'disposal', 'handover'] as const).map((what) => (
          <li key={what}>
            <a href={addresses[what]}>{t.say(`earhiv.${what}`)}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}

const addresses = {
  list: '/office/categories',
  book: '/office/book',
  disposal: '/office/disposals',
  handover: '/office/handovers',
} as const;

type Waits = 'candidates' | 'handovers' | 'holds' | 'transcript' | 'unlisted' | 'disposals' | 'notices';

interface Waiting {
  readonly address: string;
  readonly text: { readonly key: Waits; readonly values: Readonly<Record<string, string | number>> };
  readonly isLate: boolean;
}

async function whatWaits(
  { context }: PageRequest['service'],
  institution: Creator['institution'],
  today: string,
): Promise<Waiting[]> {
  const { catalog } = context;
  const waiting: Waiting[] = [];
  const add = (key: Waits, address: string, values: Waiting['text']['values'], isLate = false) =>
    waiting.push({ address, text: { key, values }, isLate });
  for (const { creator, year, dueOn, state } of await transcriptsDue(context))
    if (state === 'due' || state === 'overdue')
      add('transcript', `/office/book?creator=${creator}`, { year, day: dueOn }, state === 'overdue');
  const holds = (await listHolds(catalog, institution)).filter(({ reviewOn }) => reviewOn <= today);
  if (holds.length > 0) add('holds', '/office/holds', { n: holds.length }, true);
  const { candidates, next } = await findCandidates(context, { limit: 200 });
  const free = candidates.filter(({ holds: held, disposal }) => held.length === 0 && !disposal);
  const some = (count: number, more: unknown) => (more ? `${count}+` : count);
  if (free.length > 0)
    add(
      'candidates',
      '/office/retention',
      { n: some(free.length, next) },
      free.some(({ isOverdue }) => isOverdue),
    );
  const due = await findHandOvers(context, { limit: 200 });
  const waitingToGo = due.candidates.filter(({ disposal }) => !disposal);
  if (waitingToGo.length > 0) add('handovers', '/office/handovers', { n: some(waitingToGo.length, due.next) });
  const open = (await listDisposals(catalog, institution)).filter(
    ({ state }) => !['completed', 'abandoned', 'refused'].includes(state),
  );
  if (open.length > 0) add('disposals', '/office/disposals', { n: open.length });
  for (const { note, dueOn } of await noticesDue(context))
    add('notices', `/office/notes#${note.id}`, { title: note.facts.title, day: dueOn }, dueOn < today);
  const { unlisted } = await countRetention(catalog, institution);
  if (unlisted > 0) add('unlisted', '/tasks', { n: unlisted });
  return waiting;
}
