import type { PreparedCopy, RegisterLine } from '../../../archive/access/index.ts';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';
import { PreparedCopies } from './prepared-page.tsx';

interface RegisterProps {
  readonly view: PageView;
  readonly copies: readonly RegisterLine[];
  readonly next?: number;
  /** What waits for the authorised person's signature. */
  readonly prepared: readonly PreparedCopy[];
}

/** The register of issued copies, newest first. */
export function RegisterPage({ view, copies, next, prepared }: RegisterProps) {
  const { t } = view;
  return (
    <Layout view={view} title={t.say('certified.register')} part="find">
      <h1>{t.say('certified.register')}</h1>
      <PreparedCopies view={view} copies={prepared} />
      <CopyLines view={view} copies={copies} />
      {next === undefined ? null : (
        <p>
          <a class="button" href={`/certified-copies?before=${next}`}>
            {t.say('paging.next')}
          </a>
        </p>
      )}
    </Layout>
  );
}

/** Copies in a list: number, when, to whom, and whether they stand. */
export function CopyLines({ view: { t }, copies }: Pick<RegisterProps, 'view' | 'copies'>) {
  if (copies.length === 0) return <p class="muted">{t.say('certified.none')}</p>;
  return (
    <ul class="plain-list">
      {copies.map(({ number, issuedAt, recordNumber, recipient, revokedAt }) => (
        <li key={number}>
          <a href={`/certified-copies/${number}`}>{number}</a>{' '}
          <span class="muted small block">
            {[t.time(issuedAt), recordNumber, recipient].filter(Boolean).join(', ')} –{' '}
            {revokedAt ? t.say('certified.revoked', { time: t.time(revokedAt) }) : t.say('certified.stands')}
          </span>
        </li>
      ))}
    </ul>
  );
}
