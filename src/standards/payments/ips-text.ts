import { checkAccount, checkModel97, normalizeAccount } from '../check-digits/index.ts';

/** A credit transfer in dinars, as a bill asks for it. */
export interface IpsPayment {
  /** The payee's account: `840-955845-10`, or 18 digits. */
  readonly account: string;
  /** The payee's name, and place: 1 to 70 characters in up to three lines. */
  readonly payee: string;
  /** Dinars and paras: `1025,12`. */
  readonly amount: string;
  /** The payment code: cash (1) or cashless (2), then two digits. */
  readonly code: string;
  /** Up to 35 characters. */
  readonly purpose?: string;
  /** Of model 97: two control digits, then the reference. */
  readonly reference?: string;
}

/** Why no code is drawn: the tag at fault, and a sentence. */
export interface IpsFault {
  readonly tag: 'R' | 'N' | 'I' | 'SF' | 'S' | 'RO' | 'QR';
  readonly reason: string;
}

/** Octets of the text of a code: more is not read by every bank. */
const largest = 331;

/**
 * The text of an NBS IPS QR code on a bill (`K:PR`, version 01, UTF-8), in the order of the recommendations of the National
 * Bank of Serbia: nothing empty, no bar at either end, no line end behind it.
 * @returns the text, or everything that forbids drawing it
 */
export function ipsText(
  payment: IpsPayment,
): { readonly text: string; readonly faults?: undefined } | { readonly text?: undefined; readonly faults: IpsFault[] } {
  const faults = [...faultsOf(payment)];
  const { account, payee, amount, code, purpose, reference } = payment;
  const tags: [string, string | undefined][] = [
    ...([
      ['K', 'PR'],
      ['V', '01'],
      ['C', '1'],
    ] satisfies [string, string][]),
    ...([
      ['R', normalizeAccount(account)],
      ['N', payee],
      ['I', `RSD${amount}`],
    ] satisfies [string, string | undefined][]),
    ...([
      ['SF', code],
      ['S', purpose],
      ['RO', reference && `97${reference}`],
    ] satisfies [string, string | undefined][]),
  ];
  const text = tags.flatMap(([tag, value]) => (value ? [`${tag}:${value}`] : [])).join('|');
  if (Buffer.byteLength(text) > largest)
    faults.push({ tag: 'QR', reason: `The text of the code has more than ${largest} octets.` });
  return faults.length > 0 ? { faults } : { text };
}

function* faultsOf({ account, payee, amount, code, purpose = '', reference }: IpsPayment): Generator<IpsFault> {
  if (!checkAccount(account))
    yield { tag: 'R', reason: 'The account is not a Serbian one, or its control number is wrong.' };
  if (!isText(payee, 70) || payee.split('\n').length > 3)
    yield { tag: 'N', reason: 'The payee needs 1 to 70 characters in up to three lines, without a bar (|).' };
  if (!/^(0|[1-9]\d{0,11}),\d\d$/.test(amount) || /^0,00$/.test(amount))
    yield { tag: 'I', reason: 'The amount needs dinars, a comma and two digits: 1025,12.' };
  if (!/^[12]\d\d$/.test(code))
    yield { tag: 'SF', reason: 'The payment code has three digits and begins with 1 or 2.' };
  if (purpose !== '' && (!isText(purpose, 35) || purpose.includes('\n')))
    yield { tag: 'S', reason: 'The purpose has up to 35 characters in one line, without a bar (|).' };
  if (reference !== undefined && !(checkModel97(reference) && /^[0-9A-Z]{3,23}$/.test(reference)))
    yield { tag: 'RO', reason: 'The reference is not one of model 97, or its control number is wrong.' };
}

/** Characters that are seen, in lines, none empty. */
function isText(text: string, longest: number): boolean {
  return [...text].length <= longest && /^[^|\p{C}]+(\n[^|\p{C}]+)*$/u.test(text) && text.trim() === text;
}
