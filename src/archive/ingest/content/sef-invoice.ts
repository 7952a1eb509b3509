import { ArchiveError, FormatError } from '../../../base/index.ts';
import { checkModel97, checkPib } from '../../../standards/check-digits/index.ts';
import { type EInvoice, readEInvoice } from '../../../standards/formats/ubl/index.ts';

/**
 * Reads an invoice of SEF. Its parties' PIBs are checked; a reference that has not the check digits of its model stays a
 * reference without a model, since the issuer's mistake is no reason to refuse the document.
 * @throws ArchiveError INVOICE_INVALID
 */
export function readInvoice(name: string, bytes: Uint8Array): EInvoice {
  let invoice: EInvoice;
  try {
    invoice = readEInvoice(bytes);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw invalid(name, error.message.replace(/^(UBL|XML): /, ''), error);
  }
  for (const [role, { pib }] of [
    ['supplier', invoice.supplier],
    ['buyer', invoice.buyer],
  ] as const) {
    if (role === 'supplier' && pib === undefined) throw invalid(name, 'the supplier has no PIB');
    if (pib !== undefined && !checkPib(pib)) throw invalid(name, `the PIB ${pib.slice(0, 20)} of the ${role} is wrong`);
  }
  return invoice;
}

/** The fields of the profile of invoices that the invoice itself says. */
export function invoiceFields(invoice: EInvoice): Readonly<Record<string, string>> {
  const { reference, model } = invoice;
  const isSound = model === '97' ? checkModel97((reference ?? '').replace(/-/g, '')) : model !== undefined;
  const fields: Record<string, string | undefined> = {
    title: `${invoice.kind === 'Invoice' ? 'Рачун' : 'Књижно одобрење'} ${invoice.id}, ${invoice.supplier.name}`.slice(
      0,
      500,
    ),
    brojRacuna: invoice.id,
    vrstaRacuna: invoice.typeCode,
    datumIzdavanja: invoice.issueDate,
    datumNastanka: invoice.issueDate,
    datumDospeca: invoice.dueDate,
    datumPrometa: invoice.deliveryDate,
    izdavalac: invoice.supplier.name,
    pibIzdavaoca: invoice.supplier.pib,
    kupac: invoice.buyer.name,
    pibKupca: invoice.buyer.pib,
    iznos: amount(invoice.payable),
    valuta: invoice.currency,
    racunZaUplatu: invoice.account?.slice(0, 40),
    model: isSound ? model : undefined,
    pozivNaBroj: reference,
    brojOtpremnice: invoice.deliveryNotes.join(', ').slice(0, 200) || undefined,
  };
  return Object.fromEntries(Object.entries(fields).flatMap(([name, value]) => (value ? [[name, value]] : [])));
}

/** Money with two decimals; EN 16931 allows no more for totals, and what has more stays as it is. */
function amount(text: string): string {
  const [whole = '0', cents = ''] = text.split('.');
  return /^0*$/.test(cents.slice(2)) ? `${whole}.${cents.slice(0, 2).padEnd(2, '0')}` : text;
}

function invalid(name: string, fault: string, cause?: unknown): ArchiveError {
  return new ArchiveError(
    'INVOICE_INVALID',
    `“${name}” is no e-invoice of SEF: ${fault}. Take the XML from the system and send it unchanged.`,
    cause === undefined ? {} : { cause },
  );
}
