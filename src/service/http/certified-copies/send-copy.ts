import type { Context } from 'koa';
import type { IssuedCopy } from '../../../archive/access/index.ts';
import { packAsic } from '../../../standards/seals/index.ts';
import { contentDisposition } from '../files/content-disposition.ts';

/** Answers with the files of a copy as one ZIP: they are kept nowhere else. */
export async function sendCopy(ctx: Context, { statement, files }: IssuedCopy, recordNumber: string): Promise<void> {
  const zip = await packAsic(files.map(({ name, bytes }) => ({ name, bytes })));
  const name = statement.isTest ? `TEST-${recordNumber}.zip` : `${statement.number}.zip`;
  ctx.type = 'application/zip';
  ctx.set({ 'Content-Disposition': contentDisposition('attachment', name), 'Trajno-Copy': statement.number });
  ctx.body = Buffer.from(zip);
}
