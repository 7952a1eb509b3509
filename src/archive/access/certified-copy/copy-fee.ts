import { ArchiveError, utcSeconds } from '../../../base/index.ts';
import { checkModel97, model97Control } from '../../../standards/check-digits/index.ts';
import { type IpsPayment, ipsText, parseDinars } from '../../../standards/payments/index.ts';
import { applyCopyPaid, findCopy, type RegisteredCopy } from '../../data-management/index.ts';
import { type Holdings, journal } from '../../packaging/index.ts';
import type { Issuer, Payee } from './issuer.ts';
import { registerEntryOf } from './register-entry.ts';
import { type CopyChange, registeredCopy } from './revoke-copy.ts';

/** How the fee of a copy is paid, and whether it was. */
export interface CopyPayment extends IpsPayment {
  readonly number: string;
  /** As people write it on a slip: model, control, reference. */
  readonly writtenReference: string;
  /** The text of the NBS IPS QR code. */
  readonly ipsText: string;
  readonly paid?: { readonly on: string; readonly amount: string };
}

/** What the register keeps of a fee: `310,00 RSD`. @throws ArchiveError PAYMENT_INVALID for what is no amount of dinars */
export function readFee(fee: string): string {
  const amount = parseDinars(fee);
  if (amount === undefined)
    throw new ArchiveError('PAYMENT_INVALID', `The fee “${fee}” is no amount of dinars such as 310 or 1.025,12.`, {
      places: [{ pointer: '/fee', detail: 'must be an amount of dinars such as 310 or 1.025,12' }],
    });
  return `${amount} RSD`;
}

/**
 * Which payment is meant to be of this copy: its number, and nothing of it twice (IPS-07).
 * @param number `OK-2026-000001`
 * @returns two control digits of model 97, the payee's own prefix, then year and running number
 */
export function copyReference(number: string, { referencePrefix = '' }: Pick<Payee, 'referencePrefix'>): string {
  const reference = `${referencePrefix}${number.replace(/^OK-/, '').replaceAll('-', '')}`.toUpperCase();
  return `${model97Control(reference) ?? ''}${reference}`;
}

/**
 * The payment slip of an issued copy (requirements F4 and F5).
 * @throws ArchiveError COPY_UNKNOWN; STATE_CONFLICT where nothing is to be paid, or nobody is named to be paid; PAYMENT_INVALID with what
 *   forbids the code
 */
export async function copyPayment(context: Holdings & { readonly issuer: Issuer }, copy: string): Promise<CopyPayment> {
  const found = await registeredCopy(context, copy);
  const { payee } = context.issuer;
  const amount = feeOf(found);
  if (!payee)
    throw new ArchiveError('STATE_CONFLICT', 'Nobody is named to be paid. Put `issuer.payee` into config.json.');
  const reference = copyReference(found.number, payee);
  const payment: IpsPayment = {
    account: payee.account,
    payee: payee.name,
    amount,
    code: payee.code ?? usualCode(context.issuer),
    purpose: `Overena kopija ${found.number}`,
    reference,
  };
  const { text, faults } = ipsText(payment);
  if (faults) throw paymentInvalid(faults);
  return {
    ...payment,
    number: found.number,
    writtenReference: `97 ${reference.slice(0, 2)}-${reference.slice(2)}`,
    ipsText: text,
    ...(found.paid ? { paid: found.paid } : {}),
  };
}

/** Refuses a payee to whom no bank could pay. @throws ArchiveError PAYMENT_INVALID */
export function checkPayee(issuer: Issuer): void {
  const { payee } = issuer;
  if (!payee) return;
  const reference = copyReference('OK-2026-000001', payee);
  const sample = {
    account: payee.account,
    payee: payee.name,
    amount: '1,00',
    code: payee.code ?? usualCode(issuer),
    reference,
  };
  const { faults } = ipsText(sample);
  if (faults) throw paymentInvalid(faults);
}

/** What is recorded of a payment. */
export interface PaymentReceived {
  /** A day: `2026-11-25`. */
  readonly paidOn: string;
  /** Where another amount came in than was asked for. */
  readonly amount?: string;
  /** A record of this archive that proves it, or a number of the bank statement. */
  readonly proof?: string;
}

/**
 * Records that the fee of a copy was paid.
 * @param copy its number or id, or the reference by which a bank statement names it
 * @throws ArchiveError COPY_UNKNOWN; STATE_CONFLICT where nothing is to be paid or all is; PAYMENT_INVALID for what is no amount
 */
export async function recordPayment(
  holdings: Holdings & { readonly issuer: Issuer },
  { copy, actor, payment }: CopyChange & { readonly payment: PaymentReceived },
): Promise<RegisteredCopy> {
  const found =
    (await copyByReference(holdings, copy, holdings.issuer.payee)) ?? (await registeredCopy(holdings, copy));
  const asked = feeOf(found);
  if (found.paid) throw new ArchiveError('STATE_CONFLICT', `The fee of ${found.number} was paid on ${found.paid.on}.`);
  const amount = payment.amount === undefined ? asked : readFee(payment.amount).replace(/ RSD$/, '');
  const entry = {
    time: utcSeconds(holdings.clock()),
    institution: found.institution,
    type: 'certified-copy.paid' as const,
    subject: found.id,
    actor,
    detail: {
      ...{ number: found.number, paidOn: payment.paidOn, amount },
      ...(payment.proof ? { proof: payment.proof } : {}),
    },
  };
  await journal(holdings, entry, async (transaction, entries) => {
    for (const one of entries) await applyCopyPaid(transaction, one);
  });
  return registeredCopy(holdings, found.id);
}

/** The copy that a reference of model 97 names, written with or without model, spaces and dashes. */
async function copyByReference(
  { catalog, institution }: Holdings,
  written: string,
  { referencePrefix = '' }: Pick<Payee, 'referencePrefix'> = {},
): Promise<RegisteredCopy | undefined> {
  const plain = written.replace(/[\s-]/g, '').toUpperCase();
  const reference = [plain, plain.replace(/^97/, '')].find((one) => checkModel97(one));
  const own = reference?.slice(2);
  if (!own?.startsWith(referencePrefix.toUpperCase())) return undefined;
  const [, year, running] = /^(\d{4})(\d{6,})$/.exec(own.slice(referencePrefix.length)) ?? [];
  return year && running ? findCopy(catalog, institution.id, `OK-${year}-${running}`) : undefined;
}

/** @throws ArchiveError STATE_CONFLICT */
function feeOf(copy: RegisteredCopy): string {
  const fee = registerEntryOf(copy)?.fee;
  const amount = fee === undefined ? undefined : parseDinars(fee);
  if (amount === undefined || amount === '0,00')
    throw new ArchiveError('STATE_CONFLICT', `Nothing is to be paid for copy ${copy.number}.`);
  return amount;
}

/** Public revenue, or what has no code of its own; both cashless. */
const usualCode = ({ kind }: Issuer) => (kind === 'public-body' ? '253' : '289');

function paymentInvalid(faults: readonly { readonly tag: string; readonly reason: string }[]): ArchiveError {
  return new ArchiveError('PAYMENT_INVALID', faults.map(({ reason }) => reason).join(' '), {
    places: faults.map(({ tag, reason }) => ({ pointer: `/${tag}`, detail: reason })),
  });
}
