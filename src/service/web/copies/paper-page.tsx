import type { CopyHistory } from '../../../archive/access/index.ts';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';
import { Qr } from '../qr.tsx';

interface PaperProps {
  readonly view: PageView;
  readonly copy: CopyHistory;
  readonly isLogged: boolean;
}

/** The printed form (ZED-06): the words of the law, the digests, a place for signature and stamp. */
export function PaperPage({ view, copy: { line, statement }, isLogged }: PaperProps) {
  const { t } = view;
  return (
    <Layout view={view} title={t.say('paper.title')} part="find" scripts={['print.js']}>
      <article class="receipt">
        <header>
          <p class="muted">{statement?.issuer.name ?? view.institution}</p>
          <h1>{t.say('paper.title')}</h1>
          <p class="number">{line.number}</p>
        </header>
        <p>{t.say('paper.statement', { number: line.recordNumber })}</p>
        <dl class="facts">
          {(statement?.files ?? []).map(({ name, originalName, sha256 }) => (
            <>
              <dt>{originalName}</dt>
              <dd class="digest" key={name}>
                SHA-256 {sha256}
              </dd>
            </>
          ))}
          <dt>{t.say('verify.code')}</dt>
          <dd>{statement?.code}</dd>
          <dt>{t.say('paper.placeDate')}</dt>
          <dd>{statement?.place ?? ''} ________________________</dd>
          <dt>{t.say('paper.person')}</dt>
          <dd>
            {[
              statement?.authorisedPerson?.name,
              statement?.authorisedPerson?.capacity,
              statement?.authorisedPerson?.act,
            ]
              .filter(Boolean)
              .join(', ')}
          </dd>
          <dt>{t.say('paper.signature')}</dt>
          <dd>________________________________ ({t.say('paper.stamp')})</dd>
        </dl>
        {statement ? <Qr text={statement.verifyAt ?? statement.code} /> : null}
      </article>
      {isLogged ? (
        <p class="actions">
          <button id="print" type="button" hidden>
            {t.say('receipt.print')}
          </button>{' '}
          {t.say('paper.logged')}
        </p>
      ) : (
        <form method="post" action={`/certified-copies/${line.number}/paper`}>
          <p class="actions">
            <button type="submit" class="primary">
              {t.say('paper.print')}
            </button>
          </p>
        </form>
      )}
    </Layout>
  );
}
