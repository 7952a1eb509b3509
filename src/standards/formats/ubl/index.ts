export { type EInvoice, readEInvoice } from './read-e-invoice.ts';
