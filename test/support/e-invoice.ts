/** Parts of an e-invoice that a test changes. */
export interface InvoiceParts {
  readonly id?: string;
  readonly root?: string;
  readonly namespace?: string;
  readonly customization?: string;
  readonly supplierPib?: string;
  readonly buyerPib?: string;
  readonly paymentId?: string;
  readonly payable?: string;
  readonly issued?: string;
  readonly without?: RegExp;
  readonly prologue?: string;
}

const ubl = 'urn:oasis:names:specification:ubl:schema:xsd:';

/** An invoice as SEF gives it, bare. */
export function eInvoice(parts: InvoiceParts = {}): string {
  const {
    id = 'РН-118/2026',
    root = 'Invoice',
    namespace = `${ubl}${root}-2`,
    customization = 'urn:cen.eu:en16931:2017#compliant#urn:mfin.gov.rs:srbdt:2022#conformant#urn:mfin.gov.rs:srbdtext:2022',
    supplierPib = '100002803',
    buyerPib = '103920327',
    paymentId = '(mod97) 2801864040',
    payable = '24000.00',
    issued = '2026-11-20',
    prologue = '<?xml version="1.0" encoding="UTF-8"?>\n',
  } = parts;
  const party = (pib: string, name: string) =>
    `<cac:Party><cbc:EndpointID schemeID="9948">${pib}</cbc:EndpointID><cac:PartyTaxScheme><cbc:CompanyID>RS${pib}</cbc:CompanyID><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme><cac:PartyLegalEntity><cbc:RegistrationName>${name}</cbc:RegistrationName></cac:PartyLegalEntity></cac:Party>`;
  const whole = `${prologue}<${root} xmlns="${namespace}" xmlns:cac="${ubl}CommonAggregateComponents-2" xmlns:cbc="${ubl}CommonBasicComponents-2">
  <cbc:CustomizationID>${customization}</cbc:CustomizationID>
  <cbc:ID>${id}</cbc:ID>
  <cbc:IssueDate>${issued}</cbc:IssueDate>
  <cbc:DueDate>2026-12-20</cbc:DueDate>
  <cbc:${root}TypeCode>${root === 'Invoice' ? '380' : '381'}</cbc:${root}TypeCode>
  <cbc:DocumentCurrencyCode>RSD</cbc:DocumentCurrencyCode>
  <cac:DespatchDocumentReference><cbc:ID>ОТП-77</cbc:ID></cac:DespatchDocumentReference>
  <cac:AccountingSupplierParty>${party(supplierPib, 'Пример д.о.о.')}</cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty>${party(buyerPib, 'Општина Примерак')}</cac:AccountingCustomerParty>
  <cac:Delivery><cbc:ActualDeliveryDate>2026-11-19</cbc:ActualDeliveryDate></cac:Delivery>
  <cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode><cbc:PaymentID>${paymentId}</cbc:PaymentID><cac:PayeeFinancialAccount><cbc:ID>840-30880845-62</cbc:ID></cac:PayeeFinancialAccount></cac:PaymentMeans>
  <cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="RSD">${payable}</cbc:PayableAmount></cac:LegalMonetaryTotal>
</${root}>
`;
  return parts.without ? whole.replace(parts.without, '') : whole;
}

/** The same in the envelope in which the system gives it. */
export function enveloped(invoice: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?><env:DocumentEnvelope xmlns:env="urn:eFaktura:MinFinrs:envelop:schema"><env:DocumentHeader><env:SalesInvoiceId>1</env:SalesInvoiceId></env:DocumentHeader><env:DocumentBody>${invoice.replace(/^<\?xml.*?\?>\s*/, '')}</env:DocumentBody></env:DocumentEnvelope>`;
}
