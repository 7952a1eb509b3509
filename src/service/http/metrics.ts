import { countByState, coverage } from '../../archive/data-management/index.ts';
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
    ['trajno_scanner_up', 'gauge', 'Whether the malware scanner answers; none when none is configured', scanner],
    ['trajno_intakes_in_work', 'gauge', 'Submissions being worked on', [['', service.intakes.length()]]],
    ['process_resident_memory_bytes', 'gauge', 'Resident memory', [['', process.memoryUsage.rss()]]],
  ];
  return metrics.map(exposed).join('');
}

type Metric = [name: string, type: 'counter' | 'gauge', meaning: string, values: (readonly [string, number])[]];

function exposed([name, type, meaning, values]: Metric): string {
  const lines = values.map(([labels, value]) => `${name}${labels ? `{${labels}}` : ''} ${value}\n`);
  return `# HELP ${name} ${meaning}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}
