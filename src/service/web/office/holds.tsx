import { liftHold, placeHold, reviewHold } from '../../../archive/administration/index.ts';
import { findRecord, type Hold, holdScopes, listHolds, serbianDay } from '../../../archive/data-management/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { actorOf } from '../../http/index.ts';
import { answerWith, goTo } from '../answer.ts';
import { TextField } from '../fields.tsx';
import type { PageRequest, PageRoute } from '../page-route.ts';
import type { PageView } from '../page-view.ts';
import { readOfficeForm } from './form.ts';
import { AreaField, ChoiceField, DayField, Facts, OfficeForm, OfficePage } from './parts.tsx';

/** Holds: what forbids destruction, by whose order, and when somebody looks at it again. */
export const holdPages: readonly PageRoute[] = [
  { method: 'get', path: '/office/holds', action: 'office.read', answer: list },
  { method: 'post', path: '/office/holds', action: 'hold.change', answer: place },
  { method: 'post', path: '/office/holds/:hold/reviews', action: 'hold.change', answer: review },
  { method: 'post', path: '/office/holds/:hold/lifting', action: 'hold.change', answer: lift },
];

async function list({ ctx, service, view, query }: PageRequest): Promise<void> {
  const { catalog, clock } = service.context;
  const { t } = view;
  const { institution } = actorOf(ctx);
  const holds = await listHolds(catalog, institution, { lifted: query.lifted === 'true' });
  const today = serbianDay(clock());
  const numbers = new Map<string, string>();
  for (const { scope, target } of holds)
    if (scope === 'record') numbers.set(target, (await findRecord(catalog, institution, target))?.number ?? target);
  answerWith(
    ctx,
    <OfficePage view={view} title={t.say('office.holds')} room="holds">
      <p class="lead">{t.say('holds.lead')}</p>
      {holds.length === 0 ? <p class="empty">{t.say('holds.none')}</p> : null}
      {holds.map((hold) => (
        <HoldCard key={hold.id} view={view} hold={hold} number={numbers.get(hold.target)} today={today} />
      ))}
      {view.may('hold.change') ? <PlaceForm view={view} /> : null}
      <p>
        <a class="button" href={query.lifted === 'true' ? '/office/holds' : '/office/holds?lifted=true'}>
          {query.lifted === 'true' ? t.say('holds.standing') : t.say('holds.lifted')}
        </a>
      </p>
    </OfficePage>,
  );
}

interface HoldProps {
  readonly view: PageView;
  readonly hold: Hold;
  readonly number: string | undefined;
  readonly today: string;
}

function HoldCard({ view, hold, number, today }: HoldProps) {
  const { t } = view;
  const { id, scope, target, facts, reviewOn, placedAt, placedBy, lifted } = hold;
  const what = scope === 'query' ? (facts.query?.text ?? '') : (number ?? target);
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {t.say(`holdscope.${scope}`)}: {what}{' '}
        {!lifted && reviewOn <= today ? <span class="badge bad">{t.say('holds.look')}</span> : null}
      </h2>
      <Facts
        facts={[
          [t.say('holds.owner'), facts.owner],
          [t.say('holds.mandate'), facts.mandate],
          [t.say('office.reason'), facts.reason],
          [t.say('holds.reviewOn'), t.day(reviewOn)],
          [t.say('holds.placed'), `${t.time(placedAt)}, ${placedBy}`],
          [t.say('holds.liftedAt'), lifted ? `${t.time(lifted.at)}, ${lifted.by}: ${lifted.reason}` : undefined],
        ]}
      />
      {view.may('hold.change') && !lifted ? (
        <>
          <OfficeForm title={t.say('holds.review')} action={`/office/holds/${id}/reviews`}>
            <DayField id={`review-${id}`} name="reviewOn" label={t.say('holds.reviewOn')} />
          </OfficeForm>
          <OfficeForm title={t.say('holds.lift')} action={`/office/holds/${id}/lifting`}>
            <AreaField id={`lift-${id}`} name="reason" label={t.say('office.reason')} />
          </OfficeForm>
        </>
      ) : null}
    </section>
  );
}

function PlaceForm({ view: { t } }: { readonly view: PageView }) {
  return (
    <OfficeForm title={t.say('holds.place')} action="/office/holds">
      <ChoiceField
        id="scope"
        label={t.say('holds.scope')}
        choices={holdScopes.map((scope) => [scope, t.say(`holdscope.${scope}`)])}
      />
      <TextField id="target" label={t.say('holds.target')} hint={t.say('holds.targetHint')} />
      <TextField id="owner" label={t.say('holds.owner')} />
      <TextField id="mandate" label={t.say('holds.mandate')} />
      <AreaField id="reason" label={t.say('office.reason')} />
      <DayField id="reviewOn" label={t.say('holds.reviewOn')} />
    </OfficeForm>
  );
}

async function place({ ctx, service }: PageRequest): Promise<void> {
  const { said } = await readOfficeForm(ctx);
  const scope = holdScopes.find((known) => known === said('scope'));
  if (!scope) throw new ArchiveError('REQUEST_MALFORMED', 'Choose what the hold is on.');
  await placeHold(service.context, {
    scope,
    ...(scope === 'query' ? { query: { text: said('target') } } : { target: said('target') }),
    owner: said('owner'),
    mandate: said('mandate'),
    reason: said('reason'),
    reviewOn: said('reviewOn'),
    actor: actorOf(ctx).name,
  });
  goTo(ctx, '/office/holds');
}

async function review({ ctx, service, params }: PageRequest): Promise<void> {
  const { said } = await readOfficeForm(ctx);
  await reviewHold(service.context, { hold: params.hold ?? '', reviewOn: said('reviewOn'), actor: actorOf(ctx).name });
  goTo(ctx, '/office/holds');
}

async function lift({ ctx, service, params }: PageRequest): Promise<void> {
  const { said } = await readOfficeForm(ctx);
  await liftHold(service.context, { hold: params.hold ?? '', reason: said('reason'), actor: actorOf(ctx).name });
  goTo(ctx, '/office/holds');
}
