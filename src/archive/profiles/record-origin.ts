import type { CatalogRecord } from '../data-management/index.ts';

/** Where a record comes from (ZEDEIUP 10, 11; ZED-03). A digitised one is a copy until its identity is certified. */
export type RecordOrigin = 'born-digital' | 'digitised' | 'converted' | 'received-signed';

/** Told by the source form, by whether a PDF/A stands beside it, and by signatures that came with it; in this order. */
export function recordOrigin({ fields, files, signatures }: CatalogRecord): RecordOrigin {
  if (fields.izvorniOblik === 'papirni') return 'digitised';
  if (files.some(({ representation }) => representation === 'preservation')) return 'converted';
  return signatures.length > 0 ? 'received-signed' : 'born-digital';
}
