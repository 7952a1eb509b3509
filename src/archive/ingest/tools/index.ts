export { libreOffice, type OfficeConverter } from './libre-office.ts';
export { type PdfaVerdict, type PdfaVerifier, veraPdf } from './vera-pdf.ts';
