import { enterCreator } from '../../../archive/administration/index.ts';
import {
  type Creator,
  type CreatorFacts,
  findCreator,
  listCreators,
  ruleKinds,
} from '../../../archive/data-management/index.ts';
import { actorOf } from '../../http/index.ts';
import { answerWith, goTo } from '../answer.ts';
import { TextField } from '../fields.tsx';
import type { PageRequest, PageRoute } from '../page-route.ts';
import type { PageView } from '../page-view.ts';
import { type OfficeAnswers, readOfficeForm } from './form.ts';
import { AreaField, ChoiceField, DayField, Facts, OfficeForm, OfficePage } from './parts.tsx';

/** Creators (ствараоци): whose records these are. */
export const creatorPages: readonly PageRoute[] = [
  { method: 'get', path: '/office/creators', action: 'office.read', answer: list },
  { method: 'post', path: '/office/creators', action: 'office.change', answer: enter },
  { method: 'post', path: '/office/creators/:creator/rules', action: 'office.change', answer: addRule },
];

async function list({ ctx, service, view }: PageRequest): Promise<void> {
  const { t } = view;
  const creators = await listCreators(service.context.catalog, actorOf(ctx).institution);
  answerWith(
    ctx,
    <OfficePage view={view} title={t.say('office.creators')} room="creators">
      {creators.length === 0 ? <p class="empty">{t.say('office.noCreator')}</p> : null}
      {creators.map((creator) => (
        <CreatorCard key={creator.id} view={view} creator={creator} />
      ))}
      {view.may('office.change') ? <EnterForm view={view} /> : null}
    </OfficePage>,
  );
}

function CreatorCard({
  view,
  creator: { id, facts, version },
}: {
  readonly view: PageView;
  readonly creator: Creator;
}) {
  const { t } = view;
  const { responsiblePerson: person, rules = [] } = facts;
  return (
    <section aria-labelledby={`creator-${id}`}>
      <h2 id={`creator-${id}`}>{facts.name}</h2>
      <Facts
        facts={[
          [t.say('creator.kind'), t.say(`creatorkind.${facts.kind}`)],
          [t.say('creator.regime'), t.say(`regime.${facts.regime}`)],
          [t.say('creator.seat'), facts.seat],
          [t.say('creator.registrationNumber'), facts.registrationNumber],
          [t.say('creator.taxNumber'), facts.taxNumber],
          [t.say('creator.publicFundsNumber'), facts.publicFundsNumber],
          [t.say('creator.units'), facts.units?.map(({ name }) => name).join(', ')],
          [t.say('creator.authorised'), facts.authorisedPersons.map(({ name }) => name).join(', ')],
          [
            t.say('creator.responsible'),
            person ? `${person.name} (${person.decisionNumber}, ${t.day(person.decisionDate)})` : '',
          ],
          [t.say('creator.archive'), facts.competentArchive],
          [t.say('creator.version'), String(version)],
        ]}
      />
      <h3>{t.say('creator.rules')}</h3>
      {rules.some(({ kind }) => kind === 'preservation') ? null : (
        <p class="notice open">{t.say('creator.noPreservationRules')}</p>
      )}
      <ul>
        {rules.map(({ kind, title, number, date }) => (
          <li key={`${kind} ${number}`}>
            {t.say(`rule.${kind}`)}: {title}, {number}, {t.day(date)}
          </li>
        ))}
      </ul>
      {view.may('office.change') ? (
        <OfficeForm title={t.say('creator.addRule')} action={`/office/creators/${id}/rules`}>
          <ChoiceField
            id={`kind-${id}`}
            name="kind"
            label={t.say('creator.ruleKind')}
            choices={ruleKinds.map((kind) => [kind, t.say(`rule.${kind}`)])}
          />
          <TextField id={`title-${id}`} name="title" label={t.say('creator.ruleTitle')} />
          <TextField id={`number-${id}`} name="number" label={t.say('office.number')} />
          <DayField id={`date-${id}`} name="date" label={t.say('office.date')} />
        </OfficeForm>
      ) : null}
    </section>
  );
}

function EnterForm({ view: { t } }: { readonly view: PageView }) {
  return (
    <OfficeForm title={t.say('creator.enter')} action="/office/creators">
      <TextField id="name" label={t.say('creator.name')} />
      <ChoiceField
        id="kind"
        label={t.say('creator.kind')}
        choices={(['legal-person', 'entrepreneur', 'natural-person'] as const).map((kind) => [
          kind,
          t.say(`creatorkind.${kind}`),
        ])}
      />
      <ChoiceField
        id="regime"
        label={t.say('creator.regime')}
        hint={t.say('creator.regimeHint')}
        choices={(['public', 'private'] as const).map((regime) => [regime, t.say(`regime.${regime}`)])}
      />
      <TextField id="seat" label={t.say('creator.seat')} />
      <TextField id="registrationNumber" label={t.say('creator.registrationNumber')} isOptional />
      <TextField id="personalNumber" label={t.say('creator.personalNumber')} isOptional />
      <TextField id="taxNumber" label={t.say('creator.taxNumber')} isOptional />
      <TextField id="publicFundsNumber" label={t.say('creator.publicFundsNumber')} isOptional />
      <AreaField id="units" label={t.say('creator.units')} hint={t.say('office.oneALine')} isOptional />
      <AreaField id="authorised" label={t.say('creator.authorised')} hint={t.say('office.oneALine')} />
      <TextField id="responsible" label={t.say('creator.responsible')} isOptional />
      <TextField id="responsibleNumber" label={t.say('creator.responsibleNumber')} isOptional />
      <DayField id="responsibleDate" label={t.say('creator.responsibleDate')} isOptional />
      <TextField id="competentArchive" label={t.say('creator.archive')} />
    </OfficeForm>
  );
}

async function enter({ ctx, service }: PageRequest): Promise<void> {
  const form = await readOfficeForm(ctx);
  await enterCreator(service.context, { facts: factsOf(form), actor: actorOf(ctx).name });
  goTo(ctx, '/office/creators');
}

/** What the form says, as the archive's schema has it; it is checked there. */
function factsOf(form: OfficeAnswers): object {
  const { said, all, optional } = form;
  const plain = ['name', 'kind', 'regime', 'seat', 'competentArchive'];
  return {
    ...Object.fromEntries(plain.map((name) => [name, said(name)])),
    ...optional('registrationNumber'),
    ...optional('personalNumber'),
    ...optional('taxNumber'),
    ...optional('publicFundsNumber'),
    ...(all('units').length > 0 ? { units: all('units').map((name) => ({ name })) } : {}),
    authorisedPersons: all('authorised').map((name) => ({ name })),
    ...(said('responsible')
      ? {
          responsiblePerson: {
            name: said('responsible'),
            decisionNumber: said('responsibleNumber'),
            decisionDate: said('responsibleDate'),
          },
        }
      : {}),
  };
}

async function addRule({ ctx, service, params }: PageRequest): Promise<void> {
  const { said } = await readOfficeForm(ctx);
  const actor = actorOf(ctx);
  const creator = await findCreator(service.context.catalog, actor.institution, params.creator ?? '');
  const rule = { kind: said('kind'), title: said('title'), number: said('number'), date: said('date') };
  const earlier: Partial<CreatorFacts> = creator?.facts ?? {};
  const facts = { ...earlier, rules: [...(earlier.rules ?? []), rule] };
  await enterCreator(service.context, { id: params.creator ?? '', facts, actor: actor.name });
  goTo(ctx, '/office/creators');
}
