import { FormatError } from '../../../base/index.ts';
import { descendants, readXml, type XmlNode } from '../xml/index.ts';
import { paymentReference } from './payment-reference.ts';

/** What an invoice of the Serbian e-invoice system (SEF) says of itself: EN 16931 in UBL 2.1 with the national CIUS. */
export interface EInvoice {
  readonly kind: 'Invoice' | 'CreditNote';
  /** The namespace of the envelope in which the system gives it, where there is one. */
  readonly envelope?: string;
  readonly customizationId: string;
  readonly id: string;
  /** Days, `2026-11-25`. */
  readonly issueDate: string;
  readonly dueDate?: string;
  readonly deliveryDate?: string;
  /** UNTDID 1001: 380, 381, 383 or 386. */
  readonly typeCode: string;
  /** ISO 4217. */
  readonly currency: string;
  /** As it is written, `1234.56`. */
  readonly payable: string;
  readonly supplier: InvoiceParty;
  readonly buyer: InvoiceParty;
  readonly account?: string;
  readonly model?: string;
  readonly reference?: string;
  /** Numbers of delivery notes that it names. */
  readonly deliveryNotes: readonly string[];
}

export interface InvoiceParty {
  readonly name: string;
  /** Nine digits. */
  readonly pib?: string;
}

const ubl = 'urn:oasis:names:specification:ubl:schema:xsd:';
const basic = `${ubl}CommonBasicComponents-2`;
const aggregate = `${ubl}CommonAggregateComponents-2`;
const customization = 'urn:cen.eu:en16931:2017#compliant#urn:mfin.gov.rs:srbdt:2022';
const typeCodes = ['380', '381', '383', '386'];
const electronicAddress = '9948'; // PIB, in the list of electronic address schemes
const longestText = 1000;

/**
 * Reads an invoice or credit note of SEF, bare or in the system's envelope, and what is needed to pay it (SEF-07, SEF-08).
 * Check digits are not its business.
 * @param bytes XML; limits and refusals as those of `readXml`
 * @throws FormatError with the element that is missing or not as it must be
 */
export function readEInvoice(bytes: Uint8Array): EInvoice {
  const root = readXml(bytes);
  const invoice = invoiceIn(root);
  const kind = invoice.name as EInvoice['kind'];
  const customizationId = required(invoice, 'CustomizationID');
  if (!customizationId.startsWith(customization))
    throw malformed(`CustomizationID does not begin with ${customization} (RSR-01)`);
  const typeCode =
    textIn(invoice, kind === 'Invoice' ? 'InvoiceTypeCode' : 'CreditNoteTypeCode') ??
    (kind === 'CreditNote' ? '381' : '');
  if (!typeCodes.includes(typeCode)) throw malformed(`the type code is “${typeCode}” and not ${typeCodes.join(', ')}`);
  const means = childrenOf(invoice, 'PaymentMeans');
  const accounts = means.flatMap((each) => textAt(each, ['PayeeFinancialAccount'], 'ID') ?? []);
  const stated = means.flatMap((each) => textIn(each, 'PaymentID') ?? [])[0];
  const dueDate = dayIn(invoice, 'DueDate') ?? means.flatMap((each) => dayIn(each, 'PaymentDueDate') ?? [])[0];
  const deliveryDate = childrenOf(invoice, 'Delivery').flatMap((each) => dayIn(each, 'ActualDeliveryDate') ?? [])[0];
  return {
    kind,
    ...(root === invoice ? {} : { envelope: root.namespace }),
    customizationId,
    id: required(invoice, 'ID'),
    issueDate: dayIn(invoice, 'IssueDate') ?? missing('IssueDate'),
    ...(dueDate ? { dueDate } : {}),
    ...(deliveryDate ? { deliveryDate } : {}),
    typeCode,
    currency: matching(required(invoice, 'DocumentCurrencyCode'), /^[A-Z]{3}$/, 'DocumentCurrencyCode'),
    payable: matching(
      textAt(invoice, ['LegalMonetaryTotal'], 'PayableAmount') ?? missing('LegalMonetaryTotal/PayableAmount'),
      /^-?\d{1,15}(\.\d{1,4})?$/,
      'PayableAmount',
    ),
    supplier: partyIn(invoice, 'AccountingSupplierParty'),
    buyer: partyIn(invoice, 'AccountingCustomerParty'),
    ...(accounts[0] ? { account: accounts[0] } : {}),
    ...(stated ? paymentReference(stated) : {}),
    deliveryNotes: ['DespatchDocumentReference', 'ReceiptDocumentReference'].flatMap((name) =>
      childrenOf(invoice, name).flatMap((each) => textIn(each, 'ID') ?? []),
    ),
  };
}

/** The invoice itself: the root, or the only one inside an envelope. */
function invoiceIn(root: XmlNode): XmlNode {
  const kinds = ['Invoice', 'CreditNote'];
  const isInvoice = ({ namespace, name }: XmlNode) => kinds.includes(name) && namespace === `${ubl}${name}-2`;
  if (isInvoice(root)) return root;
  if (kinds.includes(root.name)) throw malformed(`the root “${root.name}” is in the namespace “${root.namespace}”`);
  const inside = kinds.flatMap((name) => descendants(root, `${ubl}${name}-2`, name));
  const [only, another] = inside;
  if (!only) throw malformed(`no invoice of UBL 2.1 in “${root.name}”`);
  if (another) throw malformed('more than one invoice');
  return only;
}

function partyIn(invoice: XmlNode, role: string): InvoiceParty {
  const [party] = childrenOf(invoice, role).flatMap((each) => childrenOf(each, 'Party'));
  if (!party) return missing(role);
  const name =
    textAt(party, ['PartyLegalEntity'], 'RegistrationName') ??
    textAt(party, ['PartyName'], 'Name') ??
    missing(`${role}: name`);
  const endpoint = party.children.find((child) => child.name === 'EndpointID' && child.namespace === basic);
  const byEndpoint = endpoint?.attributes.get('schemeID') === electronicAddress ? endpoint.text.trim() : undefined;
  const byTax = textAt(party, ['PartyTaxScheme'], 'CompanyID')?.replace(/^RS/, '');
  if (byEndpoint && byTax && /^\d{9}$/.test(byTax) && byEndpoint !== byTax)
    throw malformed(`${role} has two PIBs, ${byEndpoint} and ${byTax}`);
  const pib = byEndpoint ?? byTax;
  return { name, ...(pib ? { pib } : {}) };
}

function childrenOf({ children }: XmlNode, name: string): XmlNode[] {
  return children.filter((child) => child.namespace === aggregate && child.name === name);
}

function textIn({ children }: XmlNode, name: string): string | undefined {
  const found = children.find((child) => child.namespace === basic && child.name === name)?.text.trim();
  if (found && found.length > longestText) throw malformed(`${name} is longer than ${longestText} characters`);
  return found || undefined;
}

function textAt(node: XmlNode, path: readonly string[], name: string): string | undefined {
  const [first, ...rest] = path;
  if (first === undefined) return textIn(node, name);
  return childrenOf(node, first).flatMap((child) => textAt(child, rest, name) ?? [])[0];
}

function required(node: XmlNode, name: string): string {
  return textIn(node, name) ?? missing(name);
}

function dayIn(node: XmlNode, name: string): string | undefined {
  const text = textIn(node, name);
  if (text === undefined) return undefined;
  const day = matching(text, /^\d{4}-\d\d-\d\d/, name).slice(0, 10);
  const time = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day) throw malformed(`${name} is no day`);
  return day;
}

function matching(text: string, form: RegExp, name: string): string {
  if (!form.test(text)) throw malformed(`${name} is “${text.slice(0, 50)}”`);
  return text;
}

function missing(name: string): never {
  throw malformed(`${name} is missing`);
}

function malformed(detail: string): FormatError {
  return new FormatError('UBL', detail);
}
