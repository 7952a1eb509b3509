import { ArchiveError, readWhole } from '../../base/index.ts';
import { findStoreObject } from '../data-management/index.ts';
import type { Holdings } from '../packaging/index.ts';
import type { AuditReport } from './audit.ts';

const longestReport = 256 << 20;

/**
 * Reads the report of an audit from the store.
 * @param id `urn:trajno:audit:…`
 * @throws ArchiveError JOB_UNKNOWN when there is no such audit
 */
export async function readAuditReport(
  { catalog, storage }: Pick<Holdings, 'catalog' | 'storage'>,
  id: string,
): Promise<AuditReport> {
  const object = await findStoreObject(catalog, id);
  if (object?.type !== 'audit-report') throw new ArchiveError('JOB_UNKNOWN', 'There is no audit with this id.');
  const content = await storage.openState(id, 'report.json');
  return JSON.parse(Buffer.from(await readWhole(content, longestReport)).toString('utf8'));
}
