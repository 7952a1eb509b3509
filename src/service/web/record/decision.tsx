import { type CatalogRecord, keepsContent } from '../../../archive/data-management/index.ts';
import type { Speaker } from '../../messages/index.ts';
import type { RecordProps } from './record-facts.ts';

/** For a record that waits for a person: what is wrong, and what can be done about it. */
export function Decision({ view: { t }, facts: { record, mayDecide } }: RecordProps) {
  if (!['quarantined', 'rejected', 'failed'].includes(record.state)) return null;
  const isReturned = record.reason?.code === 'RETURNED';
  const isSaidAsIs = isReturned || (t.language === 'en' && record.reason?.detail);
  const isAcceptable = record.state === 'quarantined' && record.reason?.code !== 'RENDITION_NEEDED';
  const decisions = isAcceptable
    ? ([asksPeople(record.reason?.code) ? 'checked' : 'accept', 'retry', 'return'] as const)
    : (['retry', 'return'] as const);
  return (
    <section class="notice open" aria-labelledby="decision-title">
      <h2 id="decision-title">{headingOf(record, t)}</h2>
      {record.reason ? <p>{isSaidAsIs ? record.reason.detail : t.problem(record.reason.code)}</p> : null}
      {record.reason?.code === 'PACKAGE_INVALID' && !isSaidAsIs ? (
        <details>
          <summary>{t.say('received.faults')}</summary>
          <p lang="en">{record.reason.detail}</p>
        </details>
      ) : null}
      {mayDecide && keepsContent(record) ? (
        <form method="post" action={`/records/${record.number}/decide`}>
          <fieldset>
            <legend>{t.say('decision.choose')}</legend>
            {decisions.map((decision) => (
              <label key={decision} class="choice">
                <input type="radio" name="decision" value={decision === 'checked' ? 'accept' : decision} required />
                <span>
                  {t.say(`decision.${decision}`)} <small class="hint">{t.say(`decision.${decision}Hint`)}</small>
                </span>
              </label>
            ))}
          </fieldset>
          <div class="field">
            <label for="reason">{t.say('decision.reason')}</label>
            <textarea id="reason" name="reason" required maxLength={1000} rows={2} />
          </div>
          <button type="submit" class="primary">
            {t.say('decision.submit')}
          </button>
        </form>
      ) : null}
    </section>
  );
}

/** Steps of the profile that people take: nothing is wrong with the record. */
function asksPeople(code: string | undefined): boolean {
  return ['CONFIRMATION_NEEDED', 'SECOND_CHECK_NEEDED', 'APPROVAL_NEEDED', 'COMPARISON_NEEDED'].includes(code ?? '');
}

function headingOf(record: CatalogRecord, t: Speaker): string {
  if (record.reason?.code === 'RETURNED') return t.say('decision.returned');
  return t.say(keepsContent(record) ? 'decision.title' : 'decision.nothingKept');
}
