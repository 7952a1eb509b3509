export type { IntegrityFacts } from './integrity-facts.ts';
export {
  integrityFiles,
  integrityReportJob,
  keepIntegrityReport,
  queueIntegrityReport,
} from './keep-integrity-report.ts';
export { type IntegrityReport, makeIntegrityReport, type ReportContext } from './make-integrity-report.ts';
