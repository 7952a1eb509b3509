import { utcSeconds, uuidV7 } from '../../../base/index.ts';
import { queueOnce, readSetting, writeSetting } from '../../data-management/index.ts';
import { type Holdings, storeObject } from '../../packaging/index.ts';
import { type IntegrityReport, makeIntegrityReport, type ReportContext } from './make-integrity-report.ts';

/** The name of the job that runs `keepIntegrityReport`. */
export const integrityReportJob = 'integrity-report';

const monthSetting = 'integrity-report-month';

/** The files of a report, by the names under which they are given away and kept. */
export function integrityFiles({ json, jsonSeal, pdf }: IntegrityReport): { path: string; content: Uint8Array }[] {
  return [
    { path: 'integrity-report.json', content: json },
    { path: 'integrity-report.json.p7s', content: jsonSeal },
    { path: 'integrity-report.pdf', content: pdf },
  ];
}

/**
 * Queues the month's report of the whole archive, once.
 * @returns the job's id
 */
export async function queueIntegrityReport({ catalog, clock, institution }: Holdings): Promise<string | undefined> {
  const month = utcSeconds(clock()).slice(0, 7);
  if ((await readSetting(catalog, monthSetting)) === month) return undefined;
  return queueOnce(catalog, clock, { institution: institution.id, name: integrityReportJob, payload: { month } });
}

/** Makes the report of the whole archive and keeps it in the store, under evidence like everything else. */
export async function keepIntegrityReport(context: ReportContext): Promise<{ readonly report: string }> {
  const { catalog, clock, random } = context;
  const id = `urn:trajno:integrity-report:${uuidV7(clock, random)}`;
  const files = integrityFiles(await makeIntegrityReport(context));
  await storeObject(context, { id, type: 'integrity-report', files, created: clock() });
  await writeSetting(catalog, monthSetting, utcSeconds(clock()).slice(0, 7));
  return { report: id };
}
