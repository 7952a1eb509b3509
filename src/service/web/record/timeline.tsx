import { utcSeconds } from '../../../base/index.ts';
import type { Speaker } from '../../messages/index.ts';
import { isOfPackage, type RecordFacts, type RecordProps } from './record-facts.ts';

interface Moment {
  readonly time: string;
  readonly what: string;
  readonly detail: string;
}

/** What happened to the record, oldest first: the package's own history and the journal's entries. */
export function Timeline({ view: { t }, facts: { history } }: RecordProps) {
  const moments = momentsOf(t, history);
  return (
    <section aria-labelledby="events-title">
      <h2 id="events-title">{t.say('record.events')}</h2>
      <ol class="timeline">
        {moments.map((moment, index) => (
          <li key={`${moment.time}-${index}`}>
            {isNewMinute(moments, index) ? <time dateTime={moment.time}>{t.time(moment.time)}</time> : null}
            <span class="block">{moment.what}</span>
            {moment.detail ? <span class="muted small block">{moment.detail}</span> : null}
          </li>
        ))}
      </ol>
    </section>
  );
}

/** A time is said once for all that happened in its minute. */
function isNewMinute(moments: readonly Moment[], index: number): boolean {
  return moments[index]?.time.slice(0, 16) !== moments[index - 1]?.time.slice(0, 16);
}

function momentsOf(t: Speaker, { preservation, journal }: RecordFacts['history']): Moment[] {
  const fromPackage = preservation.map((event) => ({
    time: utcSeconds(event.dateTime),
    what: isOfPackage(event) ? t.say('received.validated') : t.preservationEvent(event.type),
    detail: detailOf(t, event),
    rank: 1,
  }));
  const fromJournal = journal.map(({ type, time, sequence, detail }) => ({
    time,
    what: t.journalEntry(type),
    detail: [t.say('journal.entry', { n: sequence }), ...spokenDetails(t, detail)].join(' · '),
    rank: type === 'record.received' ? 0 : 2,
  }));
  return [...fromPackage, ...fromJournal].sort(
    (one, other) => one.time.localeCompare(other.time) || one.rank - other.rank,
  );
}

/** What is worth saying beside the event: an outcome that is no plain success, and that a seal is only a test. */
function detailOf(t: Speaker, { outcome = '', outcomeDetail, detail }: RecordFacts['history']['preservation'][number]) {
  if (detail?.startsWith('TEST ')) return t.say('seal.test');
  if (outcome === 'success') return '';
  return [t.outcome(outcome), t.outcome(outcomeDetail ?? '')].filter(Boolean).join(' · ');
}

/** The parts of an entry that mean something to people. */
function spokenDetails(t: Speaker, detail: Readonly<Record<string, unknown>>): string[] {
  const { receipt, code, decision, reason, location, files } = detail;
  return [
    typeof receipt === 'string' ? receipt : '',
    typeof code === 'string' ? t.problem(code) : '',
    typeof decision === 'string' ? decisionName(t, decision) : '',
    typeof reason === 'string' ? reason : '',
    typeof location === 'string' ? location : '',
    ...(Array.isArray(files) ? files.map(formatName) : []),
  ].filter(Boolean);
}

/** A format that a file of a `format.reidentified` entry is known as. */
function formatName({ name, to }: Readonly<Record<string, unknown>>): string {
  return [name, to && `(${to})`].filter(Boolean).join(' ');
}

function decisionName(t: Speaker, decision: string): string {
  if (decision === 'accept') return t.say('decision.accept');
  if (decision === 'retry') return t.say('decision.retry');
  return decision === 'return' ? t.say('decision.return') : decision;
}
