export { readCsv, writeCsv } from './csv.ts';
export { type Table, type TableLimits, tableLimits } from './table.ts';
export { readXlsx, writeXlsx } from './xlsx.ts';
