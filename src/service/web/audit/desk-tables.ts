import type { Actor } from '../../../archive/administration/index.ts';
import {
  brokenCopies,
  type CopyOfRecord,
  changedVerdicts,
  knownLocations,
  listEntries,
  longestUnread,
  nextRenewals,
} from '../../../archive/data-management/index.ts';
import { finishedAudit, type Service } from '../../http/index.ts';
import type { PageView } from '../page-view.ts';
import { type Cell, numberCell, type ShownTable, textCell, timeCell } from '../tables/shown-table.ts';
import { auditOutcome } from './audit-badge.tsx';
import { coverageOf, coverageTable } from './coverage.ts';

/** For whom a table is made, and how long it may be. */
export interface TableRequest {
  readonly service: Service;
  readonly actor: Actor;
  readonly view: Pick<PageView, 't' | 'may'>;
  readonly limit: number;
}

type Builder = (request: TableRequest) => Promise<ShownTable>;

/** Every table of the audit desk by its name. */
export const deskTables: Readonly<Record<string, Builder>> = {
  coverage: async ({ service, view: { t } }) => coverageTable(t, await coverageOf(service)),
  oldest,
  broken,
  findings,
  changes,
  renewals,
  audits,
  journal,
};

const objectCell = ({ view: { t, may } }: TableRequest, id: string, number: string | undefined): Cell => {
  if (number) return may('record.read') ? { text: number, href: `/records/${number}` } : textCell(number);
  return { text: `${t.say('audit.object')} ${id.replace(/^urn:trajno:/, '')}`, raw: id };
};

async function oldest(request: TableRequest): Promise<ShownTable> {
  const { catalog } = request.service.context;
  const { t } = request.view;
  const locations = (await knownLocations(catalog)).map(({ name }) => name);
  const rows = await longestUnread(catalog, locations, request.limit);
  return {
    name: 'oldest',
    title: t.say('oldest.title'),
    columns: [t.say('oldest.object'), t.say('location.name'), t.say('oldest.read')],
    widths: [4, 2, 2],
    rows: rows.map((copy) => [objectOf(request, copy), textCell(copy.location), timeCell(t, copy.verifiedAt)]),
  };
}

const objectOf = (request: TableRequest, { objectId, number }: CopyOfRecord) => objectCell(request, objectId, number);

async function broken(request: TableRequest): Promise<ShownTable> {
  const { t } = request.view;
  const rows = await brokenCopies(request.service.context.catalog, request.limit);
  return {
    name: 'broken',
    title: t.say('broken.title'),
    columns: [t.say('oldest.object'), t.say('location.name'), t.say('broken.state'), t.say('oldest.read')],
    widths: [4, 2, 2, 2],
    rows: rows.map((copy) => [
      objectOf(request, copy),
      textCell(copy.location),
      { text: t.say(copy.state === 'damaged' ? 'copy.damaged' : 'copy.missing'), raw: copy.state, tone: 'bad' },
      timeCell(t, copy.verifiedAt),
    ]),
  };
}

async function findings(request: TableRequest): Promise<ShownTable> {
  const { service, actor, limit } = request;
  const { t } = request.view;
  const of = (type: 'copy.damaged' | 'copy.repaired') =>
    listEntries(service.context.catalog, { institution: actor.institution, type, limit });
  const entries = [...(await of('copy.damaged')), ...(await of('copy.repaired'))]
    .sort((one, other) => other.sequence - one.sequence)
    .slice(0, limit);
  const causes = ({ causes: found }: Readonly<Record<string, unknown>>) =>
    Array.isArray(found) ? found.map(String) : [];
  return {
    name: 'findings',
    title: t.say('findings.title'),
    columns: [
      t.say('findings.time'),
      t.say('findings.what'),
      t.say('location.name'),
      t.say('findings.cause'),
      t.say('findings.files'),
      t.say('oldest.object'),
    ],
    widths: [2, 2, 2, 3, 1, 4],
    rows: entries.map(({ time, type, subject = '', detail }) => [
      timeCell(t, time),
      { text: t.journalEntry(type), raw: type, tone: type === 'copy.repaired' ? 'good' : 'bad' },
      textCell(String(detail.location ?? '')),
      { text: causes(detail).map(t.cause).join(', '), raw: causes(detail).join(' ') },
      numberCell(t, Number(detail.files ?? 0)),
      { text: subject.replace(/^urn:(uuid|trajno):/, ''), raw: subject },
    ]),
  };
}

async function changes({ service, actor, view: { t, may }, limit }: TableRequest): Promise<ShownTable> {
  const rows = await changedVerdicts(service.context.catalog, actor.institution, limit);
  return {
    name: 'changes',
    title: t.say('changes.title'),
    columns: [
      t.say('findings.time'),
      t.say('changes.record'),
      t.say('changes.signature'),
      t.say('changes.verdict'),
      t.say('changes.reason'),
    ],
    widths: [2, 2, 1, 2, 4],
    rows: rows.map(({ validatedAt, record, number, indication, reasonCode }) => [
      timeCell(t, validatedAt),
      may('record.read') ? { text: record, href: `/records/${record}` } : textCell(record),
      numberCell(t, number + 1),
      { text: t.indication(indication), raw: indication },
      { text: t.reason(reasonCode, undefined), raw: reasonCode ?? '' },
    ]),
  };
}

async function renewals({ service, view: { t }, limit }: TableRequest): Promise<ShownTable> {
  const rows = await nextRenewals(service.context.catalog, limit);
  return {
    name: 'renewals',
    title: t.say('renewals.title'),
    columns: [
      t.say('renewals.due'),
      t.say('renewals.batch'),
      t.say('renewals.authority'),
      t.say('renewals.ends'),
      t.say('renewals.objects'),
    ],
    widths: [2, 4, 3, 2, 1],
    rows: rows.map(({ id, renewAt, expiresAt, authority, objects }) => [
      timeCell(t, renewAt),
      { text: id.replace(/^urn:trajno:/, ''), raw: id },
      textCell(authority),
      timeCell(t, expiresAt),
      numberCell(t, objects),
    ]),
  };
}

async function audits({ service, actor, view: { t }, limit }: TableRequest): Promise<ShownTable> {
  const { institution } = actor;
  const entries = await listEntries(service.context.catalog, { institution, type: 'audit.finished', limit });
  return {
    name: 'audits',
    title: t.say('audits.title'),
    columns: [t.say('audits.end'), t.say('audits.outcome'), t.say('coverage.copies'), t.say('audits.read')],
    widths: [2, 3, 1, 1],
    rows: entries
      .map(finishedAudit)
      .map((audit) => [
        { ...timeCell(t, audit.finishedAt), href: `/audit/${audit.id}` },
        auditOutcome(t, audit),
        numberCell(t, audit.copies),
        { text: t.bytes(audit.bytes), raw: String(audit.bytes), isNumber: true },
      ]),
  };
}

async function journal({ service, actor, view: { t }, limit }: TableRequest): Promise<ShownTable> {
  const entries = await listEntries(service.context.catalog, { institution: actor.institution, limit });
  return {
    name: 'journal',
    title: t.say('journal.title'),
    columns: [
      t.say('journal.sequence'),
      t.say('findings.time'),
      t.say('findings.what'),
      t.say('journal.actor'),
      t.say('journal.subject'),
    ],
    widths: [1, 2, 4, 2, 4],
    rows: entries.map(({ sequence, time, type, actor: who, subject = '' }) => [
      { text: String(sequence) },
      timeCell(t, time),
      { text: t.journalEntry(type), raw: type },
      textCell(who),
      { text: subject.replace(/^urn:(uuid|trajno):/, ''), raw: subject },
    ]),
  };
}
