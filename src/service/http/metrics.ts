import { countByState, countOpenJobs, coverage, revalidationState } from '../../archive/data-management/index.ts';
import { evidenceState } from '../../archive/preservation/index.ts';
import { utcSeconds } from '../../base/index.ts';
import { scannerAnswers } from './scanner-answers.ts';
import type { Service } from './service.ts';

/** Counts requests by method, route and status. */
export interface RequestCounter {
  count(method: string, route: string, status: number, seconds: number): void;
  entries(): Iterable<{ readonly labels: string; readonly count: number; readonly seconds: number }>;
}

export function requestCounter(): RequestCounter {
  const counts = new Map<string, { count: number; seconds: number }>();
  return {
    count: (method, route, status, seconds) => {
      const known = ['GET', 'HEAD', 'POST', 'PATCH'].includes(method) ? method : 'other';
      const labels = `method="${known}",route="${route}",status="${status}"`;
      const entry = counts.get(labels) ?? { count: 0, seconds: 0 };
      entry.count += 1;
      entry.seconds += seconds;
      counts.set(labels, entry);
    },
    entries: () => [...counts].map(([labels, entry]) => ({ labels, ...entry })),
  };
}

/** The text exposition format of Prometheus. */
export async function metricsText(service: Service, counter: RequestCounter): Promise<string> {
  const { catalog, institution, storage } = service.context;
  const states = await countByState(catalog, institution.id);
  const copies = await coverage(catalog);
  const answers = await scannerAnswers(service);
  const scanner = answers === undefined ? [] : [['', Number(answers)] as const];
  const evidence = await evidenceState(service.evidence);
  const authorities = service.evidence.authorities.health().map((a) => [`authority="${a.name}"`, a.failures] as const);
  const { due } = await revalidationState(catalog, utcSeconds(service.context.clock()));
  const now = service.context.clock().getTime();
  const ages = copies.map((c) => [`location="${c.location}"`, secondsSince(c.oldest, now)] as const);
  const jobs = await countOpenJobs(catalog);
  const requests = [...counter.entries()];
  const metrics: Metric[] = [
    ['trajno_requests_total', 'counter', 'Requests answered', requests.map((r) => [r.labels, r.count])],
    ['trajno_request_seconds_total', 'counter', 'Time spent on requests', requests.map((r) => [r.labels, r.seconds])],
    ['trajno_records', 'gauge', 'Records by state', Object.entries(states).map(([s, n]) => [`state="${s}"`, n])],
    ['trajno_copies', 'gauge', 'Copies by location', copies.map((c) => [`location="${c.location}"`, c.copies])],
    ['trajno_copies_whole', 'gauge', 'Copies found whole', copies.map((c) => [`location="${c.location}"`, c.whole])],
    [
      'trajno_independent_copies',
      'gauge',
      'Locations on devices of their own',
      [['', await storage.independentCopies()]],
    ],
    [
      'trajno_evidence_pending',
      'gauge',
      'Versions that wait for a proof of existence',
      [['', evidence.pending.objects]],
    ],
    ['trajno_evidence_batches', 'gauge', 'Batches of evidence', [['', evidence.batches]]],
    ['trajno_evidence_due_soon', 'gauge', 'Batches due for renewal within 90 days', [['', evidence.dueWithin90Days]]],
    [
      'trajno_timestamps_used_this_month',
      'gauge',
      'Time-stamps that an authority gave this month',
      evidence.timestamps.map((a) => [`authority="${a.name}"`, a.usedThisMonth] as const),
    ],
    ['trajno_timestamp_failures', 'gauge', 'Failures of an authority since it last stamped', authorities],
    ['trajno_revalidations_due', 'gauge', 'Records whose signatures are due to be validated anew', [['', due]]],
    ['trajno_oldest_check_seconds', 'gauge', 'Age of the oldest check of a copy', ages],
    [
      'trajno_jobs',
      'gauge',
      'Jobs by state',
      Object.entries(jobs).map(([state, n]) => [`state="${state}"`, n] as const),
    ],
    ['trajno_scanner_up', 'gauge', 'Whether the malware scanner answers; none when none is configured', scanner],
    ['trajno_intakes_in_work', 'gauge', 'Submissions being worked on', [['', service.intakes.length()]]],
    ['process_resident_memory_bytes', 'gauge', 'Resident memory', [['', process.memoryUsage.rss()]]],
  ];
  return metrics.map(exposed).join('');
}

const secondsSince = (moment: string | undefined, now: number) =>
  moment ? Math.max(0, Math.round((now - Date.parse(moment)) / 1000)) : 0;

type Metric = [name: string, type: 'counter' | 'gauge', meaning: string, values: (readonly [string, number])[]];

function exposed([name, type, meaning, values]: Metric): string {
  const lines = values.map(([labels, value]) => `${name}${labels ? `{${labels}}` : ''} ${value}\n`);
  return `# HELP ${name} ${meaning}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}
