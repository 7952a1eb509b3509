import { ArchiveError } from '../../../base/index.ts';
import {
  type Disposal,
  type DisposalItem,
  disposalItems,
  findCreator,
  findDisposal,
} from '../../data-management/index.ts';
import { type ActContext, known } from '../acts.ts';
import { type DisposalDecision, disposeRecord } from '../dispose-record.ts';
import { sealedTable } from '../paper/sealed-table.ts';
import { requireOther, takeStep } from './disposal-steps.ts';

/** What is executed, how, and by whom. */
export interface DisposalExecution {
  /** Id or number. */
  readonly disposal: string;
  /** How the content is destroyed: said on the certificate. */
  readonly method: string;
  readonly actor: string;
}

/** How far an execution came. */
export interface ExecutedDisposal {
  readonly disposal: Disposal;
  readonly destroyed: number;
  /** Records that may not be destroyed now, and why; they stay. */
  readonly leftOut: readonly { readonly record: string; readonly number: string; readonly code: string }[];
  /** Locations that have not confirmed yet: when they are back, the same command goes on. */
  readonly pending: readonly string[];
}

/**
 * Destroys what was approved, in every location, and makes the certificate of destruction when all have confirmed (UNI-07).
 * What was interrupted goes on where it stopped. A record that came under a hold meanwhile is left out and stays.
 * @throws ArchiveError ENTRY_UNKNOWN | FOUR_EYES_REQUIRED; STATE_CONFLICT before it is approved
 */
export async function executeDisposal(
  context: ActContext,
  execution: DisposalExecution,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<ExecutedDisposal> {
  const { catalog } = context;
  const disposal = await requireExecutable(context, execution.disposal, execution.actor);
  const items = await disposalItems(catalog, disposal.id);
  const leftOut: { record: string; number: string; code: string }[] = [];
  for (const [index, item] of items.entries()) {
    if (item.state === 'listed') {
      const code = await destroy(context, disposal, item, execution.actor, await handOverOf(context, disposal, item));
      if (code) leftOut.push({ record: item.record, number: item.recordNumber, code });
    } else if (item.state === 'disposed') await context.storage.removeObject(item.record); // what was interrupted
    onProgress(index + 1, items.length);
  }
  const after = await disposalItems(catalog, disposal.id);
  const destroyed = after.filter(({ state }) => state === 'disposed');
  const pending = await notConfirmed(context, destroyed);
  if (pending.length > 0) return { disposal, destroyed: destroyed.length, leftOut, pending };
  const completed = await certify(context, disposal, execution, destroyed, leftOut);
  return { disposal: completed, destroyed: destroyed.length, leftOut, pending };
}

/** The name of the job that executes a disposal. */
export const disposalJob = 'disposal';

/**
 * A disposal that this person may execute now.
 * @throws ArchiveError ENTRY_UNKNOWN | FOUR_EYES_REQUIRED; STATE_CONFLICT before it is approved
 */
export async function requireExecutable(context: ActContext, wanted: string, actor: string): Promise<Disposal> {
  const { catalog, institution } = context;
  const disposal = known(await findDisposal(catalog, institution.id, wanted), `disposal ${wanted}`);
  requireOther(disposal, actor);
  if (disposal.state !== 'approved')
    throw new ArchiveError('STATE_CONFLICT', `Disposal ${disposal.number} is ${disposal.state}, not approved.`);
  return disposal;
}

/** @returns why it was left out, or undefined when it was destroyed */
async function destroy(
  context: ActContext,
  disposal: Disposal,
  item: DisposalItem,
  actor: string,
  handedOver: DisposalDecision['handedOver'],
): Promise<string | undefined> {
  if (disposal.kind === 'hand-over' && !handedOver) return 'NOT_PACKAGED';
  try {
    await disposeRecord(context, {
      record: item.record,
      actor,
      decision: decisionOf(disposal),
      disposal: disposal.id,
      ...(handedOver ? { handedOver } : {}),
      ...(item.bookRow === undefined ? {} : { bookRow: item.bookRow }),
    });
    return undefined;
  } catch (error) {
    if (error instanceof ArchiveError && ['UNDER_LEGAL_HOLD', 'DISPOSAL_REFUSED'].includes(error.code))
      return error.code;
    throw error;
  }
}

/** To whom a record was handed over, with what receipt, in what package; undefined of one that is not in it. */
async function handOverOf(
  { catalog, institution }: ActContext,
  { kind, creator: id, steps }: Disposal,
  { record }: DisposalItem,
): Promise<DisposalDecision['handedOver']> {
  if (kind !== 'hand-over') return undefined;
  const creator = known(await findCreator(catalog, institution.id, id), 'such creator');
  const factsOf = (step: string) => steps.findLast((one) => one.step === step)?.facts;
  const packaged = factsOf('packaged') as
    | { package: string; records: { record: string; version: number }[] }
    | undefined;
  const receipt = factsOf('decision') as { number: string; date: string } | undefined;
  const version = packaged?.records.find((one) => one.record === record)?.version;
  if (!packaged || !receipt || version === undefined) return undefined;
  const archive = creator.facts.competentArchive;
  return { archive, receipt: `${receipt.number}, ${receipt.date}`, package: packaged.package, version };
}

/** The act by which records are destroyed: the archive's decision, else the commission's minutes. */
export function decisionOf({ number, steps }: Disposal): string {
  const facts = (step: string) => steps.findLast((one) => one.step === step)?.facts;
  const decision = facts('decision') as { number: string; date: string } | undefined;
  const minutes = (facts('commission') as { minutes: { number: string; date: string } } | undefined)?.minutes;
  const act = decision ?? minutes;
  return act ? `${act.number}, ${act.date}` : number;
}

/** Locations that still have a copy, or cannot be asked because they are away. */
async function notConfirmed({ storage }: ActContext, destroyed: readonly DisposalItem[]): Promise<string[]> {
  const pending: string[] = [];
  for (const driver of storage.locations) {
    const { name } = driver.description;
    if (storage.stateOf(name) !== 'active') pending.push(name);
    else
      for (const { record } of destroyed)
        if (await driver.readInventory(record)) {
          pending.push(name);
          break;
        }
  }
  return pending;
}

async function certify(
  context: ActContext,
  disposal: Disposal,
  { method, actor }: DisposalExecution,
  destroyed: readonly DisposalItem[],
  leftOut: ExecutedDisposal['leftOut'],
): Promise<Disposal> {
  const creator = known(await findCreator(context.catalog, context.institution.id, disposal.creator), 'such creator');
  const decision = decisionOf(disposal);
  const isHandOver = disposal.kind === 'hand-over';
  const packaged = disposal.steps.findLast(({ step }) => step === 'packaged')?.facts;
  const pdf = await sealedTable(context, {
    title: isHandOver
      ? 'Потврда о предаји и враћању грађе / Certificate of restitution'
      : 'Потврда о уништењу / Certificate of destruction',
    lines: [
      `Стваралац / Creator: ${creator.facts.name}`,
      `Поступак / Disposal: ${disposal.number}`,
      ...(isHandOver
        ? [
            `Предато / Handed over to: ${creator.facts.competentArchive}`,
            `Потврда о пријему / Receipt: ${decision}`,
            `Пакет / Package: ${packaged?.package}; METS.xml SHA-512 ${packaged?.metsSha512}`,
          ]
        : [`Одлука / Decision: ${decision}`]),
      `Начин / Method: ${method}`,
      `Локације / Locations: ${context.storage.locations.map(({ description }) => description.name).join(', ')}`,
      `${isHandOver ? 'Уклоњено / Removed' : 'Уништено / Destroyed'}: ${destroyed.length}; изостављено / left out: ${leftOut.length}`,
      ...(disposal.early ? [`Пре истека рока / Before the period ended: ${disposal.early}`] : []),
    ],
    columns: ['Р. бр.', 'Број', 'Врста грађе', 'Ознака', 'Година', 'SHA-256'],
    widths: [4, 10, 22, 8, 6, 50],
    rows: destroyed.map((item) => [
      String(item.number),
      item.recordNumber,
      item.kind,
      item.mark,
      item.year,
      item.sha256.join(' '),
    ]),
  });
  return takeStep(
    context,
    { disposal: disposal.id, actor },
    'approved',
    async () => ({
      step: 'completed',
      state: 'completed',
      facts: {
        decision,
        method,
        creator: creator.facts.name,
        ...(isHandOver ? { handedOverTo: creator.facts.competentArchive, package: packaged?.package } : {}),
        destroyed: destroyed.map(({ record, recordNumber, sha256, bytes }) => ({
          record,
          number: recordNumber,
          sha256,
          bytes,
        })),
        leftOut,
        locations: context.storage.locations.map(({ description }) => description.name),
      },
      leftOut: leftOut.map(({ record }) => record),
    }),
    [{ path: 'certificate.pdf', content: pdf }],
  );
}
