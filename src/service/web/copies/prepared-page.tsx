import type { PreparedCopy } from '../../../archive/access/index.ts';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';

interface PreparedProps {
  readonly view: PageView;
  readonly copy: PreparedCopy;
  readonly inCloud: boolean;
}

/** A certificate that waits for the authorised person's own signature: download, sign, return; or sign in the cloud. */
export function PreparedPage({ view, copy: { id, statement, expiresAt }, inCloud }: PreparedProps) {
  const { t } = view;
  const { number, record, authorisedPerson } = statement;
  return (
    <Layout view={view} title={t.say('prepared.title')} part="find">
      <p class="muted crumb">
        <a href={`/records/${record.number}`}>{`${record.number} – ${record.title}`}</a>
      </p>
      <h1>{t.say('prepared.title')}</h1>
      <p class="lead">
        {t.say('prepared.lead', {
          number,
          name: authorisedPerson?.name ?? '',
          serial: authorisedPerson?.certificateSerial ?? '',
          until: t.time(expiresAt),
        })}
      </p>
      {inCloud ? (
        <p class="actions">
          <a class="button primary" href={`/prepared-copies/${id}/cloud`}>
            {t.say('prepared.cloud')}
          </a>
        </p>
      ) : null}
      <ol class="steps">
        <li>
          <a href={`/api/v1/prepared-copies/${id}/certificate`} download>
            {t.say('prepared.download')}
          </a>
        </li>
        <li>{t.say('prepared.sign')}</li>
        <li>
          <form method="post" action={`/prepared-copies/${id}/signed`} enctype="multipart/form-data" class="narrow">
            <div class="field">
              <label for="certificate">{t.say('prepared.return')}</label>
              <input id="certificate" name="certificate" type="file" accept="application/pdf,.pdf" required />
            </div>
            <p class="actions">
              <button type="submit">{t.say('certified.make')}</button>
            </p>
          </form>
        </li>
      </ol>
      <form method="post" action={`/prepared-copies/${id}/withdrawal`}>
        <p class="actions">
          <button type="submit">{t.say('prepared.withdraw')}</button>
        </p>
      </form>
    </Layout>
  );
}

/** What waits, on the page of the register. */
export function PreparedCopies({
  view: { t },
  copies,
}: {
  readonly view: PageView;
  readonly copies: readonly PreparedCopy[];
}) {
  if (copies.length === 0) return null;
  return (
    <section aria-labelledby="prepared-title">
      <h2 id="prepared-title">{t.say('prepared.waiting')}</h2>
      <ul class="plain-list">
        {copies.map(({ id, statement: { number, record, authorisedPerson } }) => (
          <li key={id}>
            <a href={`/prepared-copies/${id}`}>{number}</a>{' '}
            <span class="muted small block">{[record.number, record.title, authorisedPerson?.name].join(', ')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
