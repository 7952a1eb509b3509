import type { RepresentationInformation } from '../../standards/packages/index.ts';
import type { ValidationReport } from '../../standards/signatures/index.ts';
import { keepRepresentationInformation } from '../packaging/index.ts';
import type { TrustedListsInUse } from '../trust-services/index.ts';
import type { IngestContext } from './submission.ts';
import type { ValidationReports } from './validate-signatures.ts';

/**
 * Keeps the trusted lists that decided a qualification in the store, each once, and gives what the package refers to them
 * by: whoever judges the signatures again in thirty years has the lists of today.
 */
export async function keepListsUsed(
  context: IngestContext,
  reports: ValidationReports,
): Promise<RepresentationInformation[]> {
  const used = new Map([...reports.values()].flatMap(listsNamed).map((list) => [list.sha256, list]));
  const kept: RepresentationInformation[] = [];
  for (const list of used.values()) kept.push(...(await keptOnce(context, list)));
  return kept;
}

type NamedList = NonNullable<ValidationReport['signatures'][number]['trustedList']>;
type Kept = Map<string, Promise<RepresentationInformation[]>>;

/** A list has megabytes, and thousands of records a day may name it: it is read and digested once. */
const keptBefore = new WeakMap<TrustedListsInUse, Kept>();

function keptOnce(context: IngestContext, list: NamedList): Promise<RepresentationInformation[]> {
  const { trustedLists } = context;
  if (!trustedLists) throw new Error('a report names a trusted list where none is in use');
  const known: Kept = keptBefore.get(trustedLists) ?? new Map();
  keptBefore.set(trustedLists, known);
  const before = known.get(list.sha256);
  if (before) return before;
  const keeping = keep(context, trustedLists, list);
  known.set(list.sha256, keeping);
  keeping.catch(() => known.delete(list.sha256)); // the next record tries again
  return keeping;
}

async function keep(
  context: IngestContext,
  trustedLists: TrustedListsInUse,
  { sha256, territory, sequenceNumber }: NamedList,
): Promise<RepresentationInformation[]> {
  const content = await trustedLists.contentOf(sha256);
  if (!content) throw new Error(`the trusted list ${sha256} that a report names is there no more`);
  const name = `Trusted list ${territory} ${sequenceNumber}`;
  return keepRepresentationInformation(context, [{ name, path: 'trusted-list.xml', content }]);
}

function listsNamed({ signatures, evidenceRecords, timestamps }: ValidationReport) {
  const stamps = [...signatures, ...evidenceRecords].flatMap((signed) => signed.timestamps);
  return [...signatures, ...stamps, ...timestamps].flatMap(({ trustedList }) => trustedList ?? []);
}
