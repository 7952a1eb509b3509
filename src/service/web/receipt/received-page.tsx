import type { ListedRecord } from '../../../archive/data-management/index.ts';
import { StateBadge } from '../badges.tsx';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';

interface ReceivedProps {
  readonly view: PageView;
  /** What is known of those numbers by now. */
  readonly records: readonly Pick<ListedRecord, 'number' | 'title' | 'state' | 'duplicateOf'>[];
  readonly numbers: readonly string[];
  readonly refused: readonly { readonly names: readonly string[]; readonly problem: string }[];
}

/** What became of an upload of several records. */
export function ReceivedPage({ view, records, numbers, refused }: ReceivedProps) {
  const { t } = view;
  const isWorking = records.some(({ state }) => state === 'received');
  return (
    <Layout view={view} title={t.say('received.title')} part="upload" {...(isWorking ? { refresh: 3 } : {})}>
      <h1>{t.count('received', numbers.length)}</h1>
      {refused.length > 0 ? (
        <section class="notice bad" role="alert">
          <h2>{t.count('refused', refused.length)}</h2>
          <ul>
            {refused.map(({ names, problem }) => (
              <li key={names.join('/')}>
                <strong>{names.join(', ')}</strong> – {problem}
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {numbers.length > 0 ? <p class="lead">{t.say('received.lead')}</p> : null}
      {records.length === 0 && numbers.length > 0 ? (
        <p>
          <a class="button primary" href={receivedAddress(numbers)}>
            {t.say('received.look')}
          </a>
        </p>
      ) : null}
      <ul class="cards">
        {records.map((record) => (
          <li key={record.number} class="card">
            <a class="title" href={`/records/${record.number}/receipt`}>
              {record.title}
            </a>
            <span class="meta">
              {record.number} <StateBadge t={t} state={record.state} />
            </span>
            {record.duplicateOf ? <span class="muted">{t.say('duplicate.short')}</span> : null}
          </li>
        ))}
      </ul>
      <p>
        <a href="/">{t.say('received.more')}</a>
      </p>
    </Layout>
  );
}

/** The address that shows these records; numbers that follow one another are written as a range. */
export function receivedAddress(numbers: readonly string[]): string {
  const [only] = numbers;
  if (only !== undefined && numbers.length === 1) return `/records/${only}/receipt`;
  const ranges: { first: string; count: number }[] = [];
  for (const number of [...numbers].sort()) {
    const range = ranges.at(-1);
    if (range && numberAfter(range.first, range.count) === number) range.count += 1;
    else ranges.push({ first: number, count: 1 });
  }
  return `/received?r=${ranges.map(({ first, count }) => (count === 1 ? first : `${first}~${count}`)).join('.')}`;
}

const mostShown = 1000;

/** The numbers that such an address means. */
export function numbersIn(text: string): string[] {
  const numbers: string[] = [];
  for (const [, first = '', count = '1'] of text.matchAll(/(\d{4}-\d{6,9})(?:~(\d{1,4}))?/g))
    for (let index = 0; index < Number(count) && numbers.length < mostShown; index++)
      numbers.push(numberAfter(first, index));
  return numbers;
}

function numberAfter(number: string, distance: number): string {
  const [year = '', sequence = ''] = number.split('-');
  return `${year}-${String(Number(sequence) + distance).padStart(sequence.length, '0')}`;
}
