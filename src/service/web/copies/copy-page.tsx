import { type CopyHistory, copyChannels } from '../../../archive/access/index.ts';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';

interface CopyProps {
  readonly view: PageView;
  readonly copy: CopyHistory;
}

/** An issued copy: what the register has of it, what became of it, and what can be done with it. */
export function CopyPage({ view, copy }: CopyProps) {
  const { t } = view;
  const { line, statement, events } = copy;
  const facts: [string, string | undefined][] = [
    [t.say('verify.issued'), `${t.time(line.issuedAt)}, ${line.issuedBy}`],
    [t.say('certified.requestedOn'), line.requestedOn && t.day(line.requestedOn)],
    [t.say('certified.recipient'), line.recipient],
    [t.say('certified.purpose'), line.purpose],
    [t.say('certified.legalInterest'), line.legalInterest],
    [t.say('certified.fee'), feeOf(view, line)],
    [t.say('paper.person'), line.person],
    [t.say('verify.code'), statement?.code],
  ];
  return (
    <Layout view={view} title={line.number} part="find">
      <p class="muted crumb">
        <a href="/certified-copies">{t.say('certified.register')}</a> /{' '}
        <a href={`/records/${line.recordNumber}`}>{line.recordNumber}</a>
      </p>
      <h1>{line.number}</h1>
      <p class={line.revokedAt ? 'notice bad' : 'notice good'}>
        {line.revokedAt
          ? `${t.say('certified.revoked', { time: t.time(line.revokedAt) })}: ${line.revokedReason}`
          : t.say('certified.stands')}
      </p>
      <dl class="facts">
        {facts.map(([name, value]) =>
          value ? (
            <>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </>
          ) : null,
        )}
      </dl>
      <ul class="actions">
        {statement ? (
          <li>
            <a class="button" href={`/verify/${statement.code}`}>
              {t.say('certified.page')}
            </a>
          </li>
        ) : null}
        {line.fee ? (
          <li>
            <a class="button" href={`/certified-copies/${line.number}/payment`}>
              {t.say('payment.title')}
            </a>
          </li>
        ) : null}
        {view.may('copy.print') ? (
          <li>
            <a class="button" href={`/certified-copies/${line.number}/paper`}>
              {t.say('certified.paper')}
            </a>
          </li>
        ) : null}
      </ul>
      <h2>{t.say('certified.events')}</h2>
      <ul class="plain-list">
        {events.map(({ sequence, time, type, actor, detail }) => (
          <li key={sequence}>
            {t.time(time)} – {t.journalEntry(type)}, {actor}
            {typeof detail.channel === 'string' && isChannel(detail.channel)
              ? ` (${t.say(`channel.${detail.channel}`)}, ${detail.sentOn ?? ''})`
              : ''}
          </li>
        ))}
      </ul>
      {view.may('copy.issue') && line.fee && !line.paidOn ? <PaymentForm view={view} copy={copy} /> : null}
      {view.may('copy.issue') ? <DeliveryForm view={view} copy={copy} /> : null}
      {view.may('copy.revoke') && !line.revokedAt ? <RevocationForm view={view} copy={copy} /> : null}
    </Layout>
  );
}

function feeOf({ t }: PageView, { fee, paidOn, paidAmount = '' }: CopyHistory['line']): string | undefined {
  if (!fee) return undefined;
  return `${fee}, ${paidOn ? t.say('payment.paid', { day: t.day(paidOn), amount: paidAmount }) : t.say('payment.notPaid')}`;
}

function PaymentForm({ view: { t }, copy: { line } }: CopyProps) {
  return (
    <form method="post" action={`/certified-copies/${line.number}/payment`} class="narrow">
      <h2>{t.say('payment.record')}</h2>
      <div class="field">
        <label for="paidOn">{t.say('payment.paidOn')}</label>
        <input id="paidOn" name="paidOn" type="date" required />
      </div>
      <div class="field">
        <label for="payment-proof">{t.say('payment.proof')}</label>
        <input id="payment-proof" name="proof" type="text" maxLength={100} />
      </div>
      <p class="actions">
        <button type="submit">{t.say('payment.record')}</button>
      </p>
    </form>
  );
}

function isChannel(text: string): text is (typeof copyChannels)[number] {
  return (copyChannels as readonly string[]).includes(text);
}

function DeliveryForm({ view: { t }, copy: { line } }: CopyProps) {
  return (
    <form method="post" action={`/certified-copies/${line.number}/deliveries`} class="narrow">
      <h2>{t.say('certified.deliver')}</h2>
      <div class="field">
        <label for="channel">{t.say('certified.channel')}</label>
        <select id="channel" name="channel">
          {copyChannels.map((channel) => (
            <option key={channel} value={channel} selected={channel === line.channel}>
              {t.say(`channel.${channel}`)}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label for="sentOn">{t.say('certified.sentOn')}</label>
        <input id="sentOn" name="sentOn" type="date" required />
      </div>
      <div class="field">
        <label for="effectiveOn">{t.say('certified.effectiveOn')}</label>
        <input id="effectiveOn" name="effectiveOn" type="date" />
      </div>
      {(['legalBasis', 'proof'] as const).map((name) => (
        <div class="field" key={name}>
          <label for={name}>{t.say(`certified.${name}`)}</label>
          <input id={name} name={name} type="text" maxLength={name === 'proof' ? 60 : 300} />
        </div>
      ))}
      <p class="actions">
        <button type="submit">{t.say('certified.deliver')}</button>
      </p>
    </form>
  );
}

function RevocationForm({ view: { t }, copy: { line } }: CopyProps) {
  return (
    <form method="post" action={`/certified-copies/${line.number}/revocation`} class="narrow">
      <h2>{t.say('certified.revoke')}</h2>
      <div class="field">
        <label for="reason">{t.say('certified.revokeReason')}</label>
        <p class="hint" id="reason-hint">
          {t.say('certified.revokeHint')}
        </p>
        <textarea id="reason" name="reason" required maxLength={1000} rows={2} aria-describedby="reason-hint" />
      </div>
      <p class="actions">
        <button type="submit">{t.say('certified.revoke')}</button>
      </p>
    </form>
  );
}
