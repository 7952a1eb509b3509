import type { Context } from 'koa';
import { answerForCode, answerForFile, currentEvidence } from '../../../archive/access/index.ts';
import type { CatalogRecord } from '../../../archive/data-management/index.ts';
import type { Profiles } from '../../../archive/profiles/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import { contentDisposition } from '../../http/index.ts';
import { answerWith, goTo } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { CodePage } from './code-page.tsx';
import { FilePage } from './file-page.tsx';
import { VerifyPage } from './page.tsx';

/** The public pages: whoever holds a certified copy asks about it here, without being known. */
export const verifyPages: readonly PageRoute[] = [
  { method: 'get', path: '/verify', isLimited: true, answer: ask },
  { method: 'get', path: '/verify/revoked-copies.asics', isLimited: true, answer: giveList },
  { method: 'get', path: '/verify/file/:sha256', isLimited: true, answer: tellFile },
  { method: 'get', path: '/verify/:code', isLimited: true, answer: tellCode },
  { method: 'get', path: '/verify/:code/evidence', isLimited: true, answer: giveEvidence },
];

function ask({ ctx, view, query }: PageRequest): void {
  const { code, sha256 } = query;
  if (code) goTo(ctx, `/verify/${encodeURIComponent(code.trim())}`);
  else if (sha256) goTo(ctx, `/verify/file/${encodeURIComponent(digestIn(sha256))}`);
  else answerWith(ctx, <VerifyPage view={view} />);
}

async function tellCode({ ctx, service, view, params, query }: PageRequest): Promise<void> {
  const answer = await answerForCode(
    service.copies,
    params.code ?? '',
    mayShowTitle(await service.context.profiles.current()),
  );
  const status = answer.status === 'unknown' ? 404 : 200;
  const file = query.sha256 ? await answerForFile(service.copies, digestIn(query.sha256)) : undefined;
  if (wantsJson(ctx)) return answerJson(ctx, { ...answer, ...(file ? { file } : {}) }, status);
  answerWith(ctx, <CodePage view={view} answer={answer} {...(file ? { file } : {})} />, status);
}

async function tellFile({ ctx, service, view, params }: PageRequest): Promise<void> {
  const answer = await answerForFile(service.copies, digestIn(params.sha256 ?? ''));
  const status = answer.status === 'unknown' ? 404 : 200;
  if (wantsJson(ctx)) return answerJson(ctx, answer, status);
  answerWith(ctx, <FilePage view={view} answer={answer} />, status);
}

async function giveEvidence({ ctx, service, params }: PageRequest): Promise<void> {
  const { number, zip } = await currentEvidence(service.copies, params.code ?? '');
  ctx.type = 'application/zip';
  ctx.set('Content-Disposition', contentDisposition('attachment', `evidence-${number}.zip`));
  ctx.body = Buffer.from(zip);
}

async function giveList({ ctx, service }: PageRequest): Promise<void> {
  ctx.type = 'application/vnd.etsi.asic-s+zip';
  ctx.set('Content-Disposition', contentDisposition('attachment', 'revoked-copies.asics'));
  ctx.body = Buffer.from(await service.revocationLists.current());
}

/** A record's title is told only where its profile allows it. */
function mayShowTitle(profiles: Profiles): (record: CatalogRecord) => boolean {
  return ({ profile }) => {
    try {
      return profiles.find(profile.id, profile.version).publicVerification === 'title';
    } catch (error) {
      if (error instanceof ArchiveError) return false; // a profile that is not known any more allows nothing
      throw error;
    }
  };
}

/** @throws ArchiveError REQUEST_MALFORMED */
function digestIn(typed: string): string {
  const hex = typed.toLowerCase().replace(/[\s:]/g, '');
  if (!/^[0-9a-f]{64}$/.test(hex))
    throw new ArchiveError('REQUEST_MALFORMED', 'A SHA-256 digest has 64 hexadecimal digits.');
  return hex;
}

function wantsJson(ctx: Context): boolean {
  return ctx.query.format === 'json' || ctx.accepts(['text/html', 'application/json']) === 'application/json';
}

function answerJson(ctx: Context, answer: object, status: number): void {
  ctx.status = status;
  ctx.type = 'application/json';
  ctx.body = JSON.stringify(answer);
}
