import { mayKeepPermanent } from '../../archival-storage/index.ts';
import {
  type Creator,
  coverage,
  indicatorCounts,
  isRegisterClosed,
  listCreators,
  listEntries,
  listHolds,
  listInForce,
  pendingState,
  ruleKinds,
  serbianDay,
} from '../../data-management/index.ts';
import type { ActContext } from '../acts.ts';
import { proposeRows } from '../archive-book/enter-rows.ts';
import { transcriptsDue } from '../archive-book/transcript.ts';

/** `own-act`: the program cannot know; the institution's own act, contract or plan decides. */
export type FactState = 'met' | 'not-met' | 'own-act';

/** One line of the live checklist: what is asked, by which requirement, and where it stands today. */
export interface ComplianceFact {
  readonly fact: FactName;
  readonly requirement: string;
  readonly state: FactState;
  /** Whose, where it is a creator's. */
  readonly creator?: string;
  /** A day, a count, or what is missing. */
  readonly value?: string;
}

/** A closed list: each has its sentence on the page. */
export const factNames = [
  'categoryList',
  'archiveConsent',
  'rules',
  'responsiblePerson',
  'transcript',
  'bookUpToDate',
  'registersClosed',
  'holdsLookedAt',
  'independentCopies',
  'auditCoverage',
  'audit',
  'evidence',
  'drill',
  'locationOwners',
  'seal',
  'riskAssessment',
] as const;

export type FactName = (typeof factNames)[number];

const months = 31 * 86_400_000;

/** The checklist of an institution, computed from what is in the archive now. */
export async function complianceFacts(context: ActContext): Promise<ComplianceFact[]> {
  const { catalog, institution } = context;
  const facts: ComplianceFact[] = [];
  for (const creator of await listCreators(catalog, institution.id))
    facts.push(...(await creatorFacts(context, creator)));
  return [...facts, ...(await archiveFacts(context))];
}

const state = (isMet: boolean): FactState => (isMet ? 'met' : 'not-met');

async function creatorFacts(context: ActContext, creator: Creator): Promise<ComplianceFact[]> {
  const { catalog, clock } = context;
  const today = serbianDay(clock());
  const { facts } = creator;
  const list = await listInForce(catalog, creator.id, today);
  const missing = ruleKinds.filter((kind) => !facts.rules?.some((rule) => rule.kind === kind));
  const due = (await transcriptsDue(context)).find((one) => one.creator === creator.id);
  const behind = await proposeRows(context, catalog, creator);
  const lastYear = String(Number(today.slice(0, 4)) - 1);
  const own = { creator: facts.name };
  return [
    {
      fact: 'categoryList',
      requirement: 'ZAG-04',
      state: state(list !== undefined),
      ...own,
      ...(list ? { value: list.facts.validFrom } : {}),
    },
    ...(facts.regime === 'public'
      ? [
          {
            fact: 'archiveConsent' as const,
            requirement: 'LK-04',
            state: state(list?.facts.consent !== undefined),
            ...own,
          },
        ]
      : []),
    { fact: 'rules', requirement: 'ZAG-05', state: state(missing.length === 0), ...own, value: missing.join(', ') },
    { fact: 'responsiblePerson', requirement: 'ZAG-02', state: state(facts.responsiblePerson !== undefined), ...own },
    {
      fact: 'transcript',
      requirement: 'ZAG-07',
      state: state(due?.state !== 'overdue'),
      ...own,
      value: due?.dueOn ?? '',
    },
    {
      fact: 'bookUpToDate',
      requirement: 'AK-12',
      state: state(behind.length === 0),
      ...own,
      value: String(behind.length),
    },
    {
      fact: 'registersClosed',
      requirement: 'DEL-05',
      state: state(await isRegisterClosed(catalog, creator.id, '01', lastYear)),
      ...own,
      value: lastYear,
    },
  ];
}

async function archiveFacts(context: ActContext): Promise<ComplianceFact[]> {
  const { catalog, storage, clock, institution } = context;
  const now = clock().getTime();
  const today = serbianDay(clock());
  const copies = await coverage(catalog);
  const last = async (type: 'audit.finished' | 'drill.finished') =>
    (await listEntries(catalog, { institution: institution.id, type, limit: 1 }))[0];
  const [audit, drill] = [await last('audit.finished'), await last('drill.finished')];
  const isRecent = (time: string | undefined, count: number) =>
    time !== undefined && now - Date.parse(time) < count * months;
  const oldest = copies.map((one) => one.oldest ?? '').sort()[0] ?? '';
  const whole = copies.every((one) => one.whole === one.copies);
  const pending = await pendingState(catalog);
  const late = (await listHolds(catalog, institution.id)).filter(({ reviewOn }) => reviewOn <= today);
  const independent = await storage.independentCopies();
  const owners = storage.locations.every(({ description }) => mayKeepPermanent(description));
  const { isTest } = await context.confirmationSeal();
  return [
    { fact: 'holdsLookedAt', requirement: 'MOR-09', state: state(late.length === 0), value: String(late.length) },
    { fact: 'independentCopies', requirement: 'PEC-09', state: state(independent >= 2), value: String(independent) },
    {
      fact: 'auditCoverage',
      requirement: 'NDS-3',
      state: state(whole && isRecent(oldest || undefined, 4)),
      value: oldest.slice(0, 10),
    },
    {
      fact: 'audit',
      requirement: 'NDS-3',
      state: state(isRecent(audit?.time, 13)),
      value: audit?.time.slice(0, 10) ?? '',
    },
    {
      fact: 'evidence',
      requirement: 'PEC-06',
      state: state(!pending.oldest || now - Date.parse(pending.oldest) < 86_400_000),
      value: String(pending.objects),
    },
    {
      fact: 'drill',
      requirement: 'TDR-05',
      state: state(isRecent(drill?.time, 12) && drill?.detail.outcome === 'passed'),
      value: drill?.time.slice(0, 10) ?? '',
    },
    { fact: 'locationOwners', requirement: 'ZAG-15', state: state(owners) },
    { fact: 'seal', requirement: 'UTT-16', state: state(!isTest) },
    { fact: 'riskAssessment', requirement: 'PEC-09', state: 'own-act' },
  ];
}

/** One indicator: a share of some whole, or the days that so many took. */
export interface Indicator {
  readonly indicator: (typeof indicatorNames)[number];
  readonly value?: number;
  readonly of?: number;
}

/** What a municipality reports (LEI-03); what the archive is not told is not among them. */
export const indicatorNames = [
  'bornDigital',
  'qualifiedSigned',
  'electronicCopies',
  'daysToCopy',
  'registersUpToDate',
] as const;

/** The indicators of the Local eGovernment Index that touch archiving. */
export async function indicators(context: ActContext): Promise<Indicator[]> {
  const counts = await indicatorCounts(context.catalog, context.institution.id);
  const registers = (await complianceFacts(context)).filter(({ fact }) =>
    ['bookUpToDate', 'transcript', 'registersClosed'].includes(fact),
  );
  const good = registers.filter((one) => one.state === 'met').length;
  return [
    { indicator: 'bornDigital', value: counts.bornDigital, of: counts.sayForm },
    { indicator: 'qualifiedSigned', value: counts.qualified, of: counts.records },
    { indicator: 'electronicCopies', value: counts.electronicCopies, of: counts.copies },
    {
      indicator: 'daysToCopy',
      ...(counts.medianDaysToCopy === undefined ? {} : { value: counts.medianDaysToCopy }),
      of: counts.timedCopies,
    },
    { indicator: 'registersUpToDate', value: good, of: registers.length },
  ];
}
