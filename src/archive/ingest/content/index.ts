export { type ContentReports, contentReports } from './content-reports.ts';
export { withReadContent } from './read-content.ts';
