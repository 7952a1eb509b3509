import { isStale } from '../../standards/trusted-lists/index.ts';
import { queueOnce } from '../data-management/index.ts';
import type { Holdings } from '../packaging/index.ts';
import type { TrustedListsInUse } from '../trust-services/index.ts';

/** The name of the job that runs `refreshTrustedLists`. */
export const trustedListsJob = 'trusted-lists';

/** What came of it: the lists in use, and the sources that gave none and why. */
export interface TrustedListsReport {
  readonly lists: readonly {
    readonly territory: string;
    readonly sequenceNumber: number;
    readonly sha256: string;
    readonly stale?: true;
  }[];
  readonly refused: readonly { readonly source: string; readonly refusal: string }[];
}

/**
 * Queues the loading of the trusted lists, unless it is queued already or none is configured.
 * @returns the job's id, or undefined where nothing was queued
 */
export async function queueTrustedLists(
  { catalog, clock, institution }: Holdings,
  trustedLists: TrustedListsInUse | undefined,
): Promise<string | undefined> {
  if (!trustedLists) return undefined;
  return queueOnce(catalog, clock, { institution: institution.id, name: trustedListsJob, payload: {} });
}

/** Loads the trusted lists anew and tells which are in use. A list that is overdue still is (docs/validation.md). */
export async function refreshTrustedLists(
  { clock }: Holdings,
  trustedLists: TrustedListsInUse | undefined,
): Promise<TrustedListsReport> {
  if (!trustedLists) return { lists: [], refused: [] };
  const { lists, refused } = await trustedLists.refresh();
  const now = clock();
  return {
    lists: lists.map((list) => ({
      territory: list.territory,
      sequenceNumber: list.sequenceNumber,
      sha256: list.sha256,
      ...(isStale(list, now) ? { stale: true as const } : {}),
    })),
    refused,
  };
}
