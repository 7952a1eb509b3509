import type { CopyPayment } from '../../../archive/access/index.ts';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';
import { Qr } from '../qr.tsx';

interface PaymentProps {
  readonly view: PageView;
  readonly payment: CopyPayment;
}

/** The payment slip of a copy, to scan with the application of a bank or to print (requirements F4). */
export function PaymentPage({ view, payment }: PaymentProps) {
  const { t } = view;
  const { number, account, payee, amount, code, purpose, writtenReference, ipsText, paid } = payment;
  const facts: [string, string | undefined][] = [
    [t.say('payment.payee'), payee],
    [t.say('payment.account'), account.replace(/^(\d{3})(\d{13})(\d\d)$/, '$1-$2-$3')],
    [t.say('payment.amount'), `${amount} RSD`],
    [t.say('payment.reference'), writtenReference],
    [t.say('payment.code'), code],
    [t.say('payment.purpose'), purpose],
  ];
  return (
    <Layout view={view} title={t.say('payment.title')} part="find">
      <p class="muted crumb">
        <a href={`/certified-copies/${number}`}>{number}</a>
      </p>
      <h1>{t.say('payment.title')}</h1>
      {paid ? <p class="notice good">{t.say('payment.paid', { day: t.day(paid.on), amount: paid.amount })}</p> : null}
      <p class="lead">{t.say('payment.lead')}</p>
      <Qr text={ipsText} label={t.say('payment.qr')} />
      <dl class="facts">
        {facts.map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
    </Layout>
  );
}
