import { disposalDocuments, requestStatus } from '../../../archive/administration/index.ts';
import type { Disposal, DisposalStep } from '../../../archive/data-management/index.ts';
import type { PageView } from '../page-view.ts';
import { Downloads, Facts, OfficePage, OfficeTable } from './parts.tsx';
import { type ProcedureProps, roomOf } from './procedure-props.ts';
import { StepForms } from './procedure-steps.tsx';

/** A procedure: where it stands, what is next, the inventory, every step and document. */
export function ProcedurePage(props: ProcedureProps) {
  const { view, disposal, items, creator, job } = props;
  const { t } = view;
  const { number, state, proposedBy, proposedAt, early, kind } = disposal;
  const request = requestStatus(disposal);
  return (
    <OfficePage
      view={view}
      title={t.say(kind === 'hand-over' ? 'procedure.handover' : 'procedure.disposal', { number })}
      room={roomOf(disposal)}
      {...(job ? { refresh: 2 } : {})}
    >
      <p>
        <span class="badge">{t.say(`disposalstate.${state}`)}</span>
      </p>
      {job ? (
        <p class="notice" role="status">
          {t.say('procedure.working')}{' '}
          {job.progress ? `${t.number(job.progress.done)} / ${t.number(job.progress.total ?? items.length)}` : ''}
        </p>
      ) : null}
      <Facts
        facts={[
          [t.say('office.creator'), creator],
          [t.say('procedure.proposed'), `${t.time(proposedAt)}, ${proposedBy}`],
          [t.say('procedure.early'), early],
          [
            t.say('procedure.request'),
            [t.say(`requeststatus.${request.status}`), request.number, request.since ? t.day(request.since) : '']
              .filter(Boolean)
              .join(', '),
          ],
        ]}
      />
      {job ? null : <StepForms {...props} />}
      <h2>{t.say('procedure.inventory')}</h2>
      <OfficeTable
        caption={t.say('procedure.inventory')}
        columns={[
          ...[t.say('office.ordinal'), t.say('procedure.kind'), t.say('office.year'), t.say('procedure.listNumber')],
          ...[
            t.say('procedure.quantity'),
            t.say('procedure.bookRow'),
            t.say('office.record'),
            t.say('procedure.state'),
          ],
        ]}
        rows={items.map((item) => [
          String(item.number),
          `${item.mark} ${item.kind}`,
          item.year,
          String(item.listNumber),
          t.bytes(item.bytes),
          item.bookRow === undefined ? '' : String(item.bookRow),
          item.recordNumber,
          t.say(`itemstate.${item.state}`),
        ])}
      />
      <Steps view={view} steps={disposal.steps} />
      <h2>{t.say('procedure.documents')}</h2>
      <Downloads of={documentsOf(view, disposal)} />
    </OfficePage>
  );
}

function Steps({ view: { t }, steps }: { readonly view: PageView; readonly steps: readonly DisposalStep[] }) {
  if (steps.length === 0) return null;
  return (
    <>
      <h2>{t.say('procedure.steps')}</h2>
      <ol class="timeline">
        {steps.map(({ step, time, actor, facts, object }) => (
          <li key={object}>
            <time dateTime={time}>{t.time(time)}</time>
            <span>
              {t.say(`step.${step}`)}, {actor}
              <span class="muted small block">{toldFacts(facts)}</span>
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}

/** Numbers and days of a step, for whoever looks for them. */
function toldFacts(facts: DisposalStep['facts']): string {
  const minutes = facts.minutes as { number: string; date: string } | undefined;
  const words = [
    minutes?.number,
    minutes?.date,
    facts.number,
    facts.letter,
    facts.date,
    facts.channel,
    facts.reason,
    facts.method,
    facts.remark,
  ];
  return words.filter((word) => typeof word === 'string' && word !== '').join(', ');
}

function documentsOf({ t, may }: PageView, disposal: Disposal): [string, string][] {
  const base = `/office/${roomOf(disposal)}/${disposal.number}`;
  const has = (step: DisposalStep['step']) => disposal.steps.some((one) => one.step === step);
  const shown = disposalDocuments.filter((name) => {
    if (name.endsWith('.p7s')) return false;
    if (name.startsWith('inventory')) return name !== 'inventory.json';
    if (name.startsWith('minutes')) return disposal.kind === 'hand-over' && has('sent') && name === 'minutes.pdf';
    if (name === 'decision') return has('decision');
    return name === 'certificate.pdf' && has('completed');
  });
  const links = shown.map((name): [string, string] => [
    `${base}/documents/${name}`,
    t.say(
      `document.${name.replace('.', '-') as 'inventory-csv' | 'inventory-xlsx' | 'minutes-pdf' | 'decision' | 'certificate-pdf'}`,
    ),
  ]);
  const agreed = disposal.steps.some(({ step, facts }) => step === 'commission' && facts.agreed === true);
  if (disposal.kind === 'destruction' && agreed) links.push([`${base}/request`, t.say('procedure.requestPackage')]);
  if (has('packaged') && disposal.state !== 'completed' && may('record.export'))
    links.push([`${base}/package`, t.say('procedure.package')]);
  return links;
}
