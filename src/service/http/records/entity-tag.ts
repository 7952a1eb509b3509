import type { Context } from 'koa';
import type { CatalogRecord } from '../../../archive/data-management/index.ts';
import { ArchiveError } from '../../../base/index.ts';

/** Changes whenever the record does: its version, and before there is one its state. */
export function entityTag({ version, state }: Pick<CatalogRecord, 'version' | 'state'>): string {
  return `"${version}-${state}"`;
}

/** Sets the tag. Tells whether the caller has this version already; the answer is then 304 without content. */
export function isNotModified(ctx: Context, record: CatalogRecord): boolean {
  const tag = entityTag(record);
  ctx.set('ETag', tag);
  ctx.set('Cache-Control', 'private, no-cache');
  const isSame = ctx
    .get('If-None-Match')
    .split(/\s*,\s*/)
    .includes(tag);
  if (isSame) ctx.status = 304;
  return isSame;
}

/**
 * Lets a change go on only when the caller saw the record as it is.
 * @throws ArchiveError PRECONDITION_REQUIRED without `If-Match` | PRECONDITION_FAILED
 */
export function requireMatch(ctx: Context, record: CatalogRecord): void {
  const wanted = ctx.get('If-Match');
  if (wanted === '')
    throw new ArchiveError('PRECONDITION_REQUIRED', 'Send If-Match with the ETag of the record as you saw it.');
  if (wanted !== '*' && !wanted.split(/\s*,\s*/).includes(entityTag(record)))
    throw new ArchiveError('PRECONDITION_FAILED', 'The record was changed meanwhile. Read it again.');
}
