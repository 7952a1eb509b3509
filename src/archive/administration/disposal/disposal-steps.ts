import { ArchiveError } from '../../../base/index.ts';
import { type Disposal, disposalItems, findCreator, findDisposal, needsApproval } from '../../data-management/index.ts';
import { type ActContext, commitAct, known, requireDay, type Transaction } from '../acts.ts';

/** Names the disposal, and who takes the step. */
interface Step {
  /** Id or number. */
  readonly disposal: string;
  readonly actor: string;
}

/** What the commission found (UNI-05). */
export interface CommissionReview extends Step {
  /** At least two people. */
  readonly members: readonly string[];
  readonly minutes: { readonly number: string; readonly date: string };
  readonly agreed: boolean;
  /** Numbers or ids of records that it takes off the inventory. */
  readonly leaveOut?: readonly string[];
  readonly remark?: string;
  /** Of a hand-over (UNI-10): where it takes place, whether the whole fonds or a part, and what the commission thinks of its use. */
  readonly place?: string;
  readonly whole?: boolean;
  readonly opinion?: string;
}

/** How the request went to the competent archive (UNI-04). */
export interface DisposalLetter extends Step {
  readonly letter: string;
  readonly date: string;
  readonly channel: string;
  readonly contact?: string;
}

/** What the competent archive decided (ZAG 16). */
export interface ArchiveDecision extends Step {
  readonly number: string;
  readonly date: string;
  readonly approved: boolean;
  readonly leaveOut?: readonly string[];
  /** The decision itself; must be there where the approval is a condition. */
  readonly document?: { readonly name: string; readonly content: Uint8Array };
}

/**
 * Enters what the commission found. Another person than the one who proposed does this (UNI-09). Where the archive's approval is
 * no condition, the commission's word approves.
 * @throws ArchiveError ENTRY_UNKNOWN | STATE_CONFLICT | FOUR_EYES_REQUIRED | METADATA_INVALID
 */
export async function reviewDisposal(context: ActContext, review: CommissionReview): Promise<Disposal> {
  const { members, minutes, agreed, remark, place, whole = false, opinion } = review;
  const names = new Set(members.map(sameName));
  if (names.size < 2 || names.has('')) throw invalid('/members', 'must name two people at least');
  requireText(minutes.number, '/minutes/number');
  requireDay(minutes.date, '/minutes/date');
  return takeStep(context, review, 'proposed', async (transaction, disposal) => {
    requireOther(disposal, review.actor);
    const creator = known(await findCreator(transaction, context.institution.id, disposal.creator), 'such creator');
    const leftOut = await leaveOut(transaction, disposal, review.leaveOut);
    const isHandOver = disposal.kind === 'hand-over';
    if (isHandOver) {
      requireText(place ?? '', '/place');
      requireText(opinion ?? '', '/opinion');
    }
    return {
      step: 'commission',
      state: !agreed ? 'refused' : isHandOver || needsApproval(creator.facts) ? 'reviewed' : 'approved',
      facts: {
        members,
        minutes,
        agreed,
        ...(remark ? { remark } : {}),
        ...(isHandOver ? { place, whole, opinion } : {}),
      },
      leftOut,
    };
  });
}

/** Enters that the request was sent to the competent archive. @throws ArchiveError as `reviewDisposal` */
export async function sendDisposal(context: ActContext, sent: DisposalLetter): Promise<Disposal> {
  const { letter, date, channel, contact } = sent;
  requireText(letter, '/letter');
  requireText(channel, '/channel');
  requireDay(date, '/date');
  return takeStep(context, sent, 'reviewed', async (_transaction, disposal) => {
    requireDestruction(disposal);
    return {
      step: 'sent',
      state: 'sent',
      facts: { letter, date, channel, ...(contact ? { contact } : {}) },
      leftOut: [],
    };
  });
}

/**
 * Enters the decision of the competent archive, with the decision itself. Execution is impossible before it where it is a
 * condition (ZAG 16, UNI-06).
 * @throws ArchiveError as `reviewDisposal`
 */
export async function decideDisposal(context: ActContext, decision: ArchiveDecision): Promise<Disposal> {
  const { number, date, approved, document } = decision;
  requireText(number, '/number');
  requireDay(date, '/date');
  if (!document || document.content.length === 0)
    throw invalid('/document', 'is missing: the decision of the archive is kept');
  return takeStep(
    context,
    decision,
    'sent',
    async (transaction, disposal) => {
      requireOther(disposal, decision.actor);
      return {
        step: 'decision',
        state: approved ? 'approved' : 'refused',
        facts: { number, date, approved, document: document.name },
        leftOut: await leaveOut(transaction, disposal, decision.leaveOut),
      };
    },
    [{ path: 'decision', content: document.content }],
  );
}

/** Gives a disposal up before it is executed; its records are free again. @throws ArchiveError as `reviewDisposal` */
export async function abandonDisposal(
  context: ActContext,
  abandoned: Step & { readonly reason: string },
): Promise<Disposal> {
  requireText(abandoned.reason, '/reason');
  return takeStep(context, abandoned, undefined, async (transaction, disposal) => {
    if (!['proposed', 'reviewed', 'sent', 'approved'].includes(disposal.state))
      throw new ArchiveError('STATE_CONFLICT', `Disposal ${disposal.number} is over.`);
    const items = await disposalItems(transaction, disposal.id);
    if (items.some(({ state }) => state === 'disposed'))
      throw new ArchiveError('STATE_CONFLICT', 'Records of it were destroyed already. Execute it to its end.');
    return { step: 'abandoned', state: 'abandoned', facts: { reason: abandoned.reason }, leftOut: [] };
  });
}

/** A step before it is taken. */
export interface PlannedStep {
  readonly step: Disposal['steps'][number]['step'];
  readonly state: Disposal['state'];
  readonly facts: object;
  /** Ids of records that it takes off the inventory. */
  readonly leftOut: readonly string[];
}

/** Takes a step of a disposal: sealed, in the journal, and in the catalog. */
export async function takeStep(
  context: ActContext,
  { disposal: wanted, actor }: Step,
  from: Disposal['state'] | undefined,
  plan: (transaction: Transaction, disposal: Disposal) => Promise<PlannedStep>,
  files: readonly { readonly path: string; readonly content: Uint8Array }[] = [],
): Promise<Disposal> {
  const { catalog, institution } = context;
  await commitAct(context, actor, async (transaction) => {
    const disposal = known(await findDisposal(transaction, institution.id, wanted), `disposal ${wanted}`);
    if (from && disposal.state !== from)
      throw new ArchiveError('STATE_CONFLICT', `Disposal ${disposal.number} is ${disposal.state}, not ${from}.`);
    const { step, state, facts, leftOut } = await plan(transaction, disposal);
    return {
      type: 'disposal.step',
      subject: disposal.id,
      detail: { step, state, ...(leftOut.length > 0 ? { leftOut: leftOut.length } : {}) },
      act: {
        id: `${disposal.id}:${disposal.version + 1}`,
        content: { number: disposal.number, step, state, facts, leftOut },
        files,
        sealed: true,
      },
    };
  });
  return known(await findDisposal(catalog, institution.id, wanted), 'such disposal');
}

/** @throws ArchiveError FOUR_EYES_REQUIRED when the one who proposed would take the step */
export function requireOther({ proposedBy }: Disposal, actor: string): void {
  if (sameName(proposedBy) === sameName(actor))
    throw new ArchiveError('FOUR_EYES_REQUIRED', `“${actor}” proposed this disposal. Another person takes this step.`);
}

/** A hand-over is sent with its package and minutes. */
function requireDestruction({ kind, number }: Disposal): void {
  if (kind !== 'destruction')
    throw new ArchiveError('STATE_CONFLICT', `${number} is a hand-over: it is sent with its package and minutes.`);
}

/** Two spellings of a name are one person. */
function sameName(name: string): string {
  return name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLocaleLowerCase('sr');
}

/** The ids of records of the inventory. @throws ArchiveError METADATA_INVALID for what does not stand in it */
async function leaveOut(transaction: Transaction, { id }: Disposal, wanted: readonly string[] = []): Promise<string[]> {
  const items = await disposalItems(transaction, id);
  return wanted.map((one) => {
    const item = items.find(({ record, recordNumber }) => record === one || recordNumber === one);
    if (!item) throw invalid('/leaveOut', `names ${one}, which does not stand in the inventory`);
    return item.record;
  });
}

/** @throws ArchiveError METADATA_INVALID */
export function requireText(text: string, pointer: string): void {
  if (text.trim() === '') throw invalid(pointer, 'is missing');
}

function invalid(pointer: string, detail: string): ArchiveError {
  return new ArchiveError('METADATA_INVALID', `“${pointer}” ${detail}.`, { places: [{ pointer, detail }] });
}
