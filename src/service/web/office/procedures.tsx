import { findHandOvers, proposeDisposal, proposeHandOver } from '../../../archive/administration/index.ts';
import {
  type Creator,
  type Disposal,
  type DisposalKind,
  findRecord,
  listDisposals,
} from '../../../archive/data-management/index.ts';
import { actorOf } from '../../http/index.ts';
import { answerWith, goTo } from '../answer.ts';
import { TextField } from '../fields.tsx';
import type { PageRequest } from '../page-route.ts';
import type { PageView } from '../page-view.ts';
import { chosenCreator, readOfficeForm } from './form.ts';
import { EArhivNotice } from './hub.tsx';
import { AreaField, NoCreator, OfficeForm, OfficePage, OfficeTable } from './parts.tsx';
import { roomOf } from './procedure-props.ts';

/** All disposals, or all hand-overs, and the form that begins one. */
export async function listProcedures(request: PageRequest, kind: DisposalKind): Promise<void> {
  const { ctx, service, view } = request;
  const { t } = view;
  const { creators, chosen } = await chosenCreator(request);
  const all = await listDisposals(service.context.catalog, actorOf(ctx).institution, kind);
  const isHandOver = kind === 'hand-over';
  answerWith(
    ctx,
    <OfficePage view={view} title={t.say(isHandOver ? 'office.handovers' : 'office.disposals')} room={roomOf({ kind })}>
      <p class="lead">{t.say(isHandOver ? 'handovers.lead' : 'disposals.lead')}</p>
      {chosen ? null : <NoCreator view={view} />}
      {creators.some(({ facts }) => facts.regime === 'public') ? <EArhivNotice view={view} /> : null}
      {isHandOver ? <Due view={view} due={await dueNow(service)} /> : null}
      {all.length === 0 ? <p class="empty">{t.say('procedures.none')}</p> : null}
      <ul class="cards">
        {all.map((one) => (
          <ProcedureLine key={one.id} view={view} disposal={one} />
        ))}
      </ul>
      {chosen && view.may('disposal.propose') ? <ProposeForm view={view} kind={kind} creators={creators} /> : null}
    </OfficePage>,
  );
}

function ProcedureLine({ view: { t }, disposal }: { readonly view: PageView; readonly disposal: Disposal }) {
  const { number, state, proposedAt, proposedBy } = disposal;
  return (
    <li class="card">
      <a class="title" href={`/office/${roomOf(disposal)}/${number}`}>
        {number}
      </a>
      <span class="meta">
        <span class="badge">{t.say(`disposalstate.${state}`)}</span>
        <span>
          {t.time(proposedAt)}, {proposedBy}
        </span>
      </span>
    </li>
  );
}

interface DueRecord {
  readonly number: string;
  readonly mark: string;
  readonly year: string;
  readonly dueFrom: string;
}

async function dueNow({ context }: PageRequest['service']): Promise<DueRecord[]> {
  const { candidates } = await findHandOvers(context, { within: 5, limit: 100 });
  const due: DueRecord[] = [];
  for (const { record, mark, createdYear, dueFrom, disposal } of candidates) {
    const found = disposal ? undefined : await findRecord(context.catalog, context.institution.id, record);
    if (found) due.push({ number: found.number, mark, year: createdYear, dueFrom });
  }
  return due;
}

function Due({ view: { t }, due }: { readonly view: PageView; readonly due: readonly DueRecord[] }) {
  return (
    <>
      <h2>{t.say('handovers.due')}</h2>
      {due.length === 0 ? (
        <p class="empty">{t.say('handovers.nothingDue')}</p>
      ) : (
        <OfficeTable
          caption={t.say('handovers.due')}
          columns={[t.say('office.record'), t.say('categories.mark'), t.say('office.year'), t.say('handovers.dueFrom')]}
          rows={due.map(({ number, mark, year, dueFrom }) => [
            <a key={number} href={`/records/${number}`}>
              {number}
            </a>,
            mark,
            year,
            t.day(dueFrom),
          ])}
        />
      )}
    </>
  );
}

function ProposeForm({
  view: { t },
  kind,
  creators,
}: {
  readonly view: PageView;
  readonly kind: DisposalKind;
  readonly creators: readonly Creator[];
}) {
  const isHandOver = kind === 'hand-over';
  return (
    <OfficeForm
      title={t.say(isHandOver ? 'handovers.propose' : 'disposals.propose')}
      action={`/office/${roomOf({ kind })}`}
    >
      <div class="field">
        <label for="creator">{t.say('office.creator')}</label>
        <select id="creator" name="creator">
          {creators.map(({ id, facts }) => (
            <option key={id} value={id}>
              {facts.name}
            </option>
          ))}
        </select>
      </div>
      <AreaField id="records" label={t.say('procedure.records')} hint={t.say('procedure.recordsHint')} isOptional />
      <TextField
        id="early"
        label={t.say(isHandOver ? 'handovers.early' : 'disposals.early')}
        hint={t.say('procedure.earlyHint')}
        isOptional
      />
    </OfficeForm>
  );
}

/** Begins one, and shows it. */
export async function propose({ ctx, service }: PageRequest, kind: DisposalKind): Promise<void> {
  const { said, all, optional } = await readOfficeForm(ctx);
  const records = all('records');
  const proposal = {
    creator: said('creator'),
    ...(records.length > 0 ? { records } : {}),
    ...optional('early'),
    actor: actorOf(ctx).name,
  };
  const made =
    kind === 'hand-over'
      ? await proposeHandOver(service.context, proposal)
      : await proposeDisposal(service.context, proposal);
  goTo(ctx, `/office/${roomOf(made)}/${made.number}`);
}
