import { ArchiveError } from '../../../base/index.ts';
import {
  type Category,
  type CategoryList,
  type CategoryListFacts,
  findCategoryList,
  findCreator,
  listCategoryLists,
} from '../../data-management/index.ts';
import { type ActContext, commitAct, known, newActId, requireDay } from '../acts.ts';
import { listInvalid } from './list-table.ts';

/** A version of a list as it was adopted. */
export interface AdoptedList {
  readonly creator: string;
  readonly adoptedOn: string;
  /** The day from which records are archived under it; the day of adoption when left out. */
  readonly validFrom?: string;
  readonly formula?: CategoryListFacts['formula'];
  readonly consent?: CategoryListFacts['consent'];
  readonly categories: readonly Category[];
  readonly actor: string;
}

/**
 * Enters the next version of a creator's list of categories (ZAG 14, LK-01 to LK-04). Earlier versions stay, and the records
 * that were archived under them keep their categories as they stood.
 * @throws ArchiveError ENTRY_UNKNOWN; METADATA_INVALID when a public creator's list lacks the archive's consent; LIST_INVALID;
 *   STATE_CONFLICT when a version already in force would be overtaken backwards
 */
export async function adoptList(context: ActContext, adopted: AdoptedList): Promise<CategoryList> {
  const { creator, adoptedOn, validFrom = adoptedOn, formula = 'year-end', consent, categories, actor } = adopted;
  requireDay(adoptedOn, '/adoptedOn');
  requireDay(validFrom, '/validFrom');
  if (consent) requireDay(consent.date, '/consent/date');
  const doubled = categories.find(({ mark }, index) => categories.findIndex((other) => other.mark === mark) < index);
  if (doubled) throw listInvalid([{ row: doubled.number, problem: `“${doubled.mark}” stands there twice` }]);
  if (categories.length === 0) throw listInvalid([{ row: 1, problem: 'there is no category' }]);
  const facts: CategoryListFacts = { adoptedOn, validFrom, formula, ...(consent ? { consent } : {}) };
  const id = newActId(context, 'categories');
  await commitAct(context, actor, async (transaction) => {
    const entered = known(await findCreator(transaction, context.institution.id, creator), `creator ${creator}`);
    if (entered.facts.regime === 'public' && !consent)
      throw new ArchiveError(
        'METADATA_INVALID',
        'The list of a public body comes into force with the consent of the competent archive (ZAG 14). Name its number and date.',
        { places: [{ pointer: '/consent', detail: 'is missing' }] },
      );
    const [newest] = await listCategoryLists(transaction, context.institution.id, creator);
    if (newest && newest.facts.validFrom > validFrom)
      throw new ArchiveError(
        'STATE_CONFLICT',
        `Version ${newest.version} is valid from ${newest.facts.validFrom}; a later one cannot be valid before it.`,
      );
    return {
      type: 'categories.adopted',
      subject: id,
      detail: {
        creator,
        version: (newest?.version ?? 0) + 1,
        categories: categories.length,
        validFrom,
        ...(consent ? { consent: consent.number } : {}),
      },
      act: { id, content: { facts, categories } },
    };
  });
  return known(await findCategoryList(context.catalog, context.institution.id, id), 'such list');
}
