export type { IntegrityFacts } from './integrity-facts.ts';
export { type IntegrityReport, makeIntegrityReport, type ReportContext } from './make-integrity-report.ts';
