import { FormatError } from '../../base/index.ts';
import { type FoundObject, inventoryName, parseInventory, stateOf } from '../../standards/ocfl/index.ts';
import { aipPaths, parseSealedRecord } from '../../standards/packages/index.ts';
import {
  archivedFacts,
  type CatalogRecord,
  entryOfVersion,
  findRecord,
  inTransaction,
  keptText,
  putRecords,
} from '../data-management/index.ts';
import { type Holdings, packagedRecord } from '../packaging/index.ts';
import type { ExpectedObject } from './audit-object.ts';

/**
 * Compares the catalog's rows of records with what their packages and the journal say, and puts them right: the store is
 * the truth, the catalog its index.
 */
export async function auditCatalog(
  holdings: Holdings,
  batch: readonly ExpectedObject[],
  found: readonly (FoundObject | undefined)[],
): Promise<{ aip: string; cause: string; repaired: boolean }[]> {
  const wrong: { aip: string; cause: string; repaired: boolean }[] = [];
  for (const [index, expected] of batch.entries()) {
    const object = found[index];
    if (!object || expected.recordId === undefined) continue;
    const truth = await recordByStore(holdings, expected, object);
    const row = truth && (await findRecord(holdings.catalog, holdings.institution.id, expected.id));
    if (!truth || !row || sameRecord(truth, row)) continue;
    await inTransaction(holdings.catalog, (transaction) =>
      putRecords(transaction, [{ ...truth, ...(row.archivedAt ? { archivedAt: row.archivedAt } : {}) }]),
    );
    wrong.push({ aip: expected.id, cause: 'CATALOG_ROW_DIFFERS', repaired: true });
  }
  return wrong;
}

/** The record as the store tells it; undefined where this copy cannot tell, which the other checks report. */
async function recordByStore(
  holdings: Holdings,
  expected: ExpectedObject,
  object: FoundObject,
): Promise<CatalogRecord | undefined> {
  const inventoryBytes = object.governing[inventoryName];
  const entry = await entryOfVersion(holdings.catalog, expected.id, expected.inventories.size);
  if (!inventoryBytes || !entry) return undefined;
  try {
    const path = stateOf(parseInventory(inventoryBytes)).get(aipPaths.record)?.contentPath;
    const bytes = path && object.governing[path];
    if (!bytes) return undefined;
    return {
      id: expected.id,
      institution: entry.institution,
      ...packagedRecord(parseSealedRecord(bytes)),
      ...archivedFacts(entry),
    };
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

/** Compares what both know; when a record was first archived is the journal's to say. */
function sameRecord(truth: CatalogRecord, row: CatalogRecord): boolean {
  const plain = ({
    id,
    number,
    title,
    profile,
    category,
    classification,
    state,
    fields,
    receivedAt,
    version,
    receipt,
    files,
    signatures,
    duplicateOf,
  }: CatalogRecord) =>
    JSON.stringify(
      [
        id,
        number,
        title,
        profile.id,
        profile.version,
        category,
        classification,
        state,
        fields,
        receivedAt,
        version,
        receipt?.number,
        receipt?.time,
        receipt?.head,
        duplicateOf,
        files,
        signatures,
      ],
      (_, value) => (typeof value === 'string' ? keptText(value) : value),
    );
  return plain(truth) === plain(row);
}
