import { XmlC14NMode, XmlDocument } from 'libxml2-wasm';

/** An invoice in UBL 2.1, as small as one can be, in the manner of the national e-invoice system. */
export function sampleInvoice(issued: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<Invoice xmlns="urn:oasis:names:specification:ubl:schema:xsd:Invoice-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
  <cbc:ID>UZORAK-118/2026</cbc:ID>
  <cbc:IssueDate>${issued}</cbc:IssueDate>
  <cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>
  <cbc:Note>УЗОРАК: ова фактура није издата. / A sample: nobody issued this invoice.</cbc:Note>
  <cbc:DocumentCurrencyCode>RSD</cbc:DocumentCurrencyCode>
  <cac:AccountingSupplierParty><cac:Party><cac:PartyName><cbc:Name>Primer d.o.o. (UZORAK)</cbc:Name></cac:PartyName></cac:Party></cac:AccountingSupplierParty>
  <cac:AccountingCustomerParty><cac:Party><cac:PartyName><cbc:Name>Општина Примерак (УЗОРАК)</cbc:Name></cac:PartyName></cac:Party></cac:AccountingCustomerParty>
  <cac:LegalMonetaryTotal><cbc:PayableAmount currencyID="RSD">24000.00</cbc:PayableAmount></cac:LegalMonetaryTotal>
  <cac:InvoiceLine>
    <cbc:ID>1</cbc:ID>
    <cbc:InvoicedQuantity unitCode="HUR">8</cbc:InvoicedQuantity>
    <cbc:LineExtensionAmount currencyID="RSD">24000.00</cbc:LineExtensionAmount>
    <cac:Item><cbc:Name>Uređenje arhivske građe</cbc:Name></cac:Item>
    <cac:Price><cbc:PriceAmount currencyID="RSD">3000.00</cbc:PriceAmount></cac:Price>
  </cac:InvoiceLine>
</Invoice>
`;
}

/** Exclusive canonical XML of a document without comments: what an enveloped signature digests. */
export function canonicalDocument(document: string): Uint8Array {
  const parsed = XmlDocument.fromString(document);
  try {
    return Buffer.from(parsed.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 }));
  } finally {
    parsed.dispose();
  }
}
