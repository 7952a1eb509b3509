import { X509Certificate } from 'node:crypto';
import { type Job, listJobs, nextRenewals } from '../../../archive/data-management/index.ts';
import { diskForecast, evidenceState } from '../../../archive/preservation/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { presentLocations } from '../../http/index.ts';
import type { TableRequest } from '../audit/desk-tables.ts';
import { type Cell, numberCell, type ShownTable, textCell, timeCell } from '../tables/shown-table.ts';

/** Every table of operations but that of jobs, by its name. */
export const operationsTables: Readonly<Record<string, (request: TableRequest) => Promise<ShownTable>>> = {
  jobs,
  space,
  stamps,
  lists,
  certificates,
};

const tones = { waiting: 'quiet', running: 'quiet', done: 'good', failed: 'bad', cancelled: 'open' } as const;

async function jobs({ service, actor, view: { t }, limit }: TableRequest): Promise<ShownTable> {
  const rows = await listJobs(service.context.catalog, actor.institution, limit);
  return {
    name: 'jobs',
    title: t.say('jobs.title'),
    columns: [
      t.say('jobs.name'),
      t.say('jobs.state'),
      t.say('jobs.attempts'),
      t.say('jobs.updated'),
      t.say('jobs.error'),
    ],
    widths: [3, 2, 1, 2, 4],
    rows: rows.map((job) => [
      { text: t.job(job.name), raw: job.name },
      { text: t.say(`job.${job.state}`), raw: job.state, tone: tones[job.state] },
      numberCell(t, job.attempts),
      timeCell(t, job.updatedAt),
      { text: codeOf(job) ? t.problem(codeOf(job)) : '–', raw: codeOf(job) },
    ]),
  };
}

const codeOf = ({ state, outcome }: Job): string => (state === 'failed' ? String(outcome?.code ?? 'FAULT') : '');

async function space({ service, view: { t } }: TableRequest): Promise<ShownTable> {
  const locations = await presentLocations(service);
  const forecast = await diskForecast(service.context);
  const unknown: Cell = { text: t.say('space.unknown'), raw: '' };
  return {
    name: 'space',
    title: t.say('space.title'),
    columns: [t.say('location.name'), t.say('location.state'), t.say('location.free'), t.say('space.forecast')],
    widths: [3, 2, 1, 1],
    rows: locations.map(({ name, state, device, freeBytes }) => {
      const days = forecast.get(name);
      return [
        textCell(name),
        state === 'active' && device !== undefined
          ? { text: t.say('location.active'), tone: 'good' }
          : { text: t.say(state === 'active' ? 'location.away' : 'location.catchingUp'), tone: 'bad' },
        freeBytes === undefined ? textCell('–') : { text: t.bytes(freeBytes), raw: String(freeBytes), isNumber: true },
        days === undefined ? unknown : { ...numberCell(t, days), ...(days < 60 ? { tone: 'bad' as const } : {}) },
      ];
    }),
  };
}

async function stamps({ service, view: { t } }: TableRequest): Promise<ShownTable> {
  const health = new Map(service.evidence.authorities.health().map((each) => [each.name, each]));
  const { timestamps: uses } = await evidenceState(service.evidence);
  return {
    name: 'stamps',
    title: t.say('stamps.title'),
    columns: [
      t.say('renewals.authority'),
      t.say('location.state'),
      t.say('stamps.thisMonth'),
      t.say('stamps.expected'),
      t.say('stamps.quota'),
      t.say('stamps.failure'),
    ],
    widths: [4, 2, 1, 1, 1, 3],
    rows: uses.map(({ name, isTest, usedThisMonth, expectedThisMonth, monthlyQuota }) => {
      const { failures = 0, lastFailure } = health.get(name) ?? {};
      return [
        textCell(isTest ? `${name} (${t.say('auditEvidence.test')})` : name),
        failures > 0
          ? { text: t.say('operations.silent'), tone: 'bad' }
          : { text: t.say('operations.answers'), tone: 'good' },
        numberCell(t, usedThisMonth),
        numberCell(t, expectedThisMonth),
        monthlyQuota === undefined ? textCell('–') : numberCell(t, monthlyQuota),
        textCell(failures > 0 && lastFailure ? lastFailure : '–'),
      ];
    }),
  };
}

async function lists({ service, view: { t } }: TableRequest): Promise<ShownTable> {
  const inUse = (await service.context.trustedLists?.current()) ?? [];
  const now = service.context.clock();
  return {
    name: 'lists',
    title: t.say('lists.title'),
    columns: [
      t.say('lists.territory'),
      t.say('lists.sequence'),
      t.say('lists.issued'),
      t.say('lists.next'),
      t.say('lists.services'),
    ],
    widths: [2, 1, 2, 2, 1],
    rows: inUse.map(({ territory, sequenceNumber, issuedAt, nextUpdate, services }) => [
      textCell(territory || '–'),
      numberCell(t, sequenceNumber),
      timeCell(t, issuedAt.toISOString()),
      {
        ...timeCell(t, nextUpdate?.toISOString()),
        ...(nextUpdate && nextUpdate < now ? { tone: 'bad' as const } : {}),
      },
      numberCell(t, services.length),
    ]),
  };
}

const day = 86_400_000;
const soonDays = 90;
/** A certificate that does not end says so by this year (RFC 5280 4.1.2.5). */
const endless = '9999';

/** Of the archive's own seal, and of the time-stamps that hold shortest: what ends first stands first. */
async function certificates({ service, view: { t } }: TableRequest): Promise<ShownTable> {
  const now = service.context.clock().getTime();
  const ends: { of: string; subject: string; ends: string }[] = [];
  for (const der of await sealChain(service)) {
    const certificate = new X509Certificate(der);
    const [, name = certificate.subject] = /(?:^|\n)CN=(.+)/.exec(certificate.subject) ?? [];
    ends.push({ of: t.say('certificates.seal'), subject: name, ends: new Date(certificate.validTo).toISOString() });
  }
  const earliest = new Map<string, string>();
  for (const { authority, expiresAt } of await nextRenewals(service.context.catalog, 200))
    if (expiresAt < (earliest.get(authority) ?? '9999')) earliest.set(authority, expiresAt);
  for (const [authority, expiresAt] of earliest)
    ends.push({ of: t.say('certificates.stamp'), subject: authority, ends: expiresAt });
  return {
    name: 'certificates',
    title: t.say('certificates.title'),
    columns: [
      t.say('certificates.of'),
      t.say('certificates.subject'),
      t.say('certificates.ends'),
      t.say('certificates.days'),
    ],
    widths: [2, 4, 2, 1],
    rows: ends
      .filter(({ ends: until }) => until < endless)
      .sort((one, other) => (one.ends < other.ends ? -1 : 1))
      .map(({ of, subject, ends: until }) => {
        const days = Math.floor((Date.parse(until) - now) / day);
        return [
          textCell(of),
          textCell(subject),
          timeCell(t, until),
          { ...numberCell(t, days), ...(days < soonDays ? { tone: 'bad' as const } : {}) },
        ];
      }),
  };
}

/** Nothing where the key's token or service does not answer: the page is to be read then above all. */
async function sealChain({ context }: TableRequest['service']): Promise<readonly Uint8Array[]> {
  try {
    return (await context.confirmationSeal()).chain;
  } catch (error) {
    if (error instanceof ArchiveError) return [];
    throw error;
  }
}
