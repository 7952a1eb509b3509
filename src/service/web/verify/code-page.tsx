import type { CodeAnswer, FileAnswer, PublicCopy } from '../../../archive/access/index.ts';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';
import { roleName } from './file-page.tsx';
import { FileByDigest } from './page.tsx';

interface CodeProps {
  readonly view: PageView;
  readonly answer: CodeAnswer;
  /** What is known of the file that was compared with the copy. */
  readonly file?: FileAnswer;
}

/** What is told of a code: whether a copy was issued under it, of what, and whether it still stands. */
export function CodePage({ view, answer, file }: CodeProps) {
  const { t } = view;
  const isIssued = answer.status === 'issued';
  return (
    <Layout view={view} title={t.say('verify.title')} scripts={isIssued ? ['verify.js'] : []}>
      {isIssued ? (
        <Issued view={view} answer={answer} {...(file ? { file } : {})} />
      ) : (
        <NotIssued view={view} answer={answer} />
      )}
      <p>
        <a class="button" href="/verify">
          {t.say('verify.again')}
        </a>
      </p>
    </Layout>
  );
}

function NotIssued({ view: { t }, answer }: CodeProps) {
  const isTest = answer.status === 'test';
  return (
    <>
      <h1>{t.say(isTest ? 'verify.test' : 'verify.unknown')}</h1>
      <p class="notice bad">{t.say(isTest ? 'verify.testLead' : 'verify.unknownLead')}</p>
    </>
  );
}

interface IssuedProps {
  readonly view: PageView;
  readonly answer: Extract<CodeAnswer, { status: 'issued' }>;
  readonly file?: FileAnswer;
}

function Issued({ view, answer: { code, copy }, file }: IssuedProps) {
  const { t } = view;
  const isRevoked = copy.standing === 'revoked';
  return (
    <>
      <h1>{t.say(isRevoked ? 'verify.revoked' : 'verify.stands')}</h1>
      {isRevoked ? (
        <p class="notice bad">{t.say('verify.revokedLead', { time: t.time(copy.revokedAt ?? '') })}</p>
      ) : null}
      {file ? <Compared view={view} copy={copy} file={file} /> : null}
      <Facts view={view} copy={copy} />
      {copy.isKept ? null : <p class="notice open">{t.say('verify.notKept')}</p>}
      <h2>{t.say('verify.files')}</h2>
      <ul class="plain-list">
        {copy.handedOut.map(({ role, sha256 }) => (
          <li key={role}>
            {roleName(t, role)}
            <code class="digest block">{sha256}</code>
          </li>
        ))}
      </ul>
      <p>
        <a class="button" href={`/verify/${code}/evidence`} download>
          {t.say('verify.evidence')}
        </a>
      </p>
      <h2>{t.say('verify.compare')}</h2>
      <FileByDigest view={view} action={`/verify/${code}`} goesTo={`/verify/${code}?sha256=`} />
    </>
  );
}

function Facts({ view: { t }, copy }: { readonly view: PageView; readonly copy: PublicCopy }) {
  const { issuer, preservation, seal } = copy;
  const facts: [string, string | undefined][] = [
    [t.say('verify.number'), copy.number],
    [t.say('verify.issued'), [copy.place, t.time(copy.issuedAt)].filter(Boolean).join(', ')],
    [t.say('verify.issuer'), issuer?.name],
    [t.say('verify.record'), [copy.recordNumber, copy.title].filter(Boolean).join(' – ')],
    [t.say('verify.verdict'), verdictOf(t, copy.verdict)],
    [
      t.say('verify.proven'),
      preservation &&
        `${t.say('verify.provenValue', { since: t.day(preservation.evidenceSince), until: t.day(preservation.provenUntil) })}${preservation.isTest ? ' (TEST)' : ''}`,
    ],
    [t.say('verify.seal'), seal?.certificateSha256],
    [t.say('verify.anchor'), seal?.anchorSha256],
  ];
  return (
    <dl class="facts">
      {facts.map(([name, value]) =>
        value ? (
          <>
            <dt>{name}</dt>
            <dd class={/^[0-9a-f]{64}$/.test(value) ? 'digest' : undefined}>{value}</dd>
          </>
        ) : null,
      )}
    </dl>
  );
}

function verdictOf(t: PageView['t'], verdict: string | undefined): string | undefined {
  return verdict === 'NONE' ? t.say('verify.none') : verdict && t.indication(verdict);
}

/** The file that was compared: of this copy, of another, or of none, which is the reason why it does not fit. */
function Compared({ view: { t }, copy, file }: Omit<IssuedProps, 'answer'> & { copy: PublicCopy; file: FileAnswer }) {
  const own = copy.handedOut.find(({ sha256 }) => sha256 === file.sha256);
  if (own) return <p class="notice good">{t.say('verify.belongs', { role: roleName(t, own.role) })}</p>;
  const [other] = file.copies;
  return (
    <p class="notice bad" role="alert">
      {other ? t.say('verify.ofAnother', { number: other.number }) : t.say('verify.notOfThis')}
    </p>
  );
}
