import { ArchiveError, utcSeconds } from '../../../base/index.ts';
import { type AccessRules, accessRulesOf, applyAccessRule, type CatalogRecord } from '../../data-management/index.ts';
import { type Holdings, journal } from '../../packaging/index.ts';
import { requireDay } from '../acts.ts';

/** A change of the rules of a record. */
export interface AccessRuling {
  /** The last day of an embargo; none when left out. */
  readonly embargoUntil?: string;
  /** Left out: as the record's category says. */
  readonly personalData?: boolean;
  readonly reason: string;
  readonly actor: string;
}

/**
 * Rules who reads a record: an embargo, and whether it holds personal data. What is ruled replaces what was ruled before, and
 * stays in the journal with its reason.
 * @throws ArchiveError METADATA_INVALID
 */
export async function ruleAccess(
  holdings: Holdings,
  record: CatalogRecord,
  { embargoUntil, personalData, reason, actor }: AccessRuling,
): Promise<AccessRules> {
  if (embargoUntil !== undefined) requireDay(embargoUntil, '/embargoUntil');
  if (!reason.trim())
    throw new ArchiveError('METADATA_INVALID', 'Say why.', { places: [{ pointer: '/reason', detail: 'is missing' }] });
  const detail = {
    ...(embargoUntil === undefined ? {} : { embargoUntil }),
    ...(personalData === undefined ? {} : { personalData }),
    reason: reason.trim(),
  };
  const { id: subject, institution } = record;
  const time = utcSeconds(holdings.clock());
  await journal(
    holdings,
    { time, institution, type: 'record.access-ruled', subject, actor, detail },
    async (transaction, entries) => {
      for (const entry of entries) await applyAccessRule(transaction, entry);
    },
  );
  return accessRulesOf(holdings.catalog, record);
}
