import type { Context } from 'koa';
import { evidenceNow } from '../../../archive/access/index.ts';
import type { CatalogRecord } from '../../../archive/data-management/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { aipPathOf } from '../../../standards/packages/index.ts';
import { numberIn } from '../route.ts';
import type { Service } from '../service.ts';

/**
 * Answers with the evidence record of an original file: with the file it is checked anywhere.
 * @param number of the file within the record, from 1, as the address has it
 * @throws ArchiveError FILE_UNKNOWN, and what `evidenceNow` throws
 */
export async function serveEvidence(
  { evidence }: Service,
  ctx: Context,
  record: CatalogRecord,
  number: string | undefined,
): Promise<void> {
  const file = record.files[numberIn(number) - 1];
  if (!file || record.version === 0)
    throw new ArchiveError('FILE_UNKNOWN', `This record has no stored file ${number}.`);
  const { recordOf } = await evidenceNow(evidence, record.id, record.version);
  ctx.type = 'application/octet-stream';
  ctx.set('Content-Disposition', `attachment; filename="${record.number}-${number}.ers"`);
  ctx.body = Buffer.from(await recordOf(aipPathOf(file)));
}
