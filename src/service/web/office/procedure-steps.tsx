import { TextField } from '../fields.tsx';
import { AreaField, CheckField, DayField, FileField, OfficeForm } from './parts.tsx';
import { type ProcedureProps, roomOf } from './procedure-props.ts';

/** The forms of what may be done next, by whoever may do it. */
export function StepForms(props: ProcedureProps) {
  const { view, disposal } = props;
  const { t } = view;
  const { state, number } = disposal;
  const base = `/office/${roomOf(disposal)}/${number}`;
  const isOver = ['completed', 'refused', 'abandoned'].includes(state);
  if (isOver) return null;
  return (
    <section aria-labelledby="next-title">
      <h2 id="next-title">{t.say('procedure.next')}</h2>
      <p>{t.say(`nextstep.${nextOf(props)}`)}</p>
      <Next {...props} base={base} />
      {view.may('disposal.propose') && state !== 'approved' ? (
        <OfficeForm title={t.say('procedure.abandon')} action={`${base}/abandonment`}>
          <AreaField id="abandonReason" name="reason" label={t.say('office.reason')} />
        </OfficeForm>
      ) : null}
    </section>
  );
}

type NextStep = 'review' | 'package' | 'send' | 'sendHandover' | 'decide' | 'confirm' | 'execute' | 'remove';

function nextOf({ disposal: { kind, state, steps } }: ProcedureProps): NextStep {
  const isHandOver = kind === 'hand-over';
  if (state === 'proposed') return 'review';
  if (state === 'reviewed' && isHandOver)
    return steps.some(({ step }) => step === 'packaged') ? 'sendHandover' : 'package';
  if (state === 'reviewed') return 'send';
  if (state === 'sent') return isHandOver ? 'confirm' : 'decide';
  return isHandOver ? 'remove' : 'execute';
}

function Next(props: ProcedureProps & { readonly base: string }) {
  const { view, disposal, base } = props;
  const { t } = view;
  const next = nextOf(props);
  const action = next === 'review' || next === 'decide' || next === 'confirm' ? 'disposal.decide' : 'disposal.propose';
  if (!view.may(next === 'execute' || next === 'remove' ? 'record.dispose' : action)) return null;
  if (next === 'review')
    return (
      <OfficeForm title={t.say('procedure.review')} action={`${base}/review`}>
        <AreaField id="members" label={t.say('procedure.members')} hint={t.say('procedure.membersHint')} />
        <TextField id="minutes" label={t.say('procedure.minutes')} />
        <DayField id="date" label={t.say('office.date')} />
        {disposal.kind === 'hand-over' ? (
          <>
            <TextField id="place" label={t.say('procedure.place')} />
            <AreaField id="opinion" label={t.say('procedure.opinion')} />
            <CheckField name="whole" label={t.say('procedure.whole')} />
          </>
        ) : null}
        <AreaField id="leaveOut" label={t.say('procedure.leaveOut')} hint={t.say('office.oneALine')} isOptional />
        <AreaField id="remark" label={t.say('procedure.remark')} isOptional />
        <CheckField name="refuse" label={t.say('procedure.disagree')} />
      </OfficeForm>
    );
  if (next === 'package' || next === 'sendHandover')
    return (
      <>
        <form method="post" action={`${base}/package`} class="actions">
          <button type="submit" class={next === 'package' ? 'primary' : ''}>
            {t.say(next === 'package' ? 'procedure.makePackage' : 'procedure.makeAgain')}
          </button>
        </form>
        {next === 'sendHandover' ? <LetterForm {...props} title={t.say('procedure.handOver')} /> : null}
      </>
    );
  if (next === 'send') return <LetterForm {...props} title={t.say('procedure.send')} />;
  if (next === 'decide' || next === 'confirm')
    return (
      <OfficeForm
        title={t.say(next === 'confirm' ? 'procedure.confirm' : 'procedure.decide')}
        action={`${base}/decision`}
        isUpload
      >
        <TextField id="number" label={t.say('office.number')} />
        <DayField id="date" label={t.say('office.date')} />
        <AreaField id="leaveOut" label={t.say('procedure.leaveOut')} hint={t.say('office.oneALine')} isOptional />
        <CheckField name="refuse" label={t.say('procedure.refused')} />
        <FileField id="document" label={t.say('procedure.document')} />
      </OfficeForm>
    );
  return (
    <OfficeForm
      title={t.say(next === 'remove' ? 'procedure.remove' : 'procedure.execute')}
      action={`${base}/execution`}
    >
      <p class="notice bad">{t.say('procedure.noWayBack')}</p>
      <TextField id="method" label={t.say('procedure.method')} />
    </OfficeForm>
  );
}

function LetterForm({ view: { t }, base, title }: ProcedureProps & { readonly base: string; readonly title: string }) {
  return (
    <OfficeForm title={title} action={`${base}/letter`}>
      <TextField id="letter" label={t.say('office.letter')} />
      <DayField id="date" label={t.say('office.date')} />
      <TextField id="channel" label={t.say('office.channel')} hint={t.say('procedure.channelHint')} />
      <TextField id="contact" label={t.say('procedure.contact')} isOptional />
    </OfficeForm>
  );
}
