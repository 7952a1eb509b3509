import type { FileAnswer } from '../../../archive/access/index.ts';
import type { Speaker } from '../../messages/index.ts';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';

interface FileProps {
  readonly view: PageView;
  readonly answer: FileAnswer;
}

/** What is known of a file by its digest: with which copies it was handed out, and whether they stand. */
export function FilePage({ view, answer: { sha256, status, copies } }: FileProps) {
  const { t } = view;
  const isKnown = status === 'handed-out';
  return (
    <Layout view={view} title={t.say('verify.title')}>
      <h1>{t.say(isKnown ? 'verify.fileKnown' : 'verify.fileUnknown')}</h1>
      {isKnown ? null : <p class="notice bad">{t.say('verify.fileUnknownLead')}</p>}
      <p class="muted">
        SHA-256 <code class="digest">{sha256}</code>
      </p>
      <ul class="plain-list">
        {copies.map(({ number, role, issuedAt, standing, revokedAt }) => (
          <li key={`${number}${role}`} class={standing === 'revoked' ? 'notice bad' : 'notice good'}>
            <strong>{number}</strong> – {roleName(t, role)}, {t.say('verify.issued').toLowerCase()} {t.time(issuedAt)}.{' '}
            {standing === 'revoked' ? `${t.say('verify.revoked')}: ${t.time(revokedAt ?? '')}` : t.say('verify.stands')}
          </li>
        ))}
      </ul>
      <p>
        <a class="button" href="/verify">
          {t.say('verify.again')}
        </a>
      </p>
    </Layout>
  );
}

/** What a file is in a copy, in words and with its number. */
export function roleName(t: Speaker, role: string): string {
  if (role === 'container') return t.say('verify.role.container');
  if (role === 'certificate') return t.say('verify.role.certificate');
  return `${t.say(role.startsWith('reading-') ? 'verify.role.reading' : 'verify.role.original')} (${role.replace('reading-', '')})`;
}
