import { X509Certificate } from 'node:crypto';
import { bytesReader } from '../../../base/index.ts';
import { sealPades } from '../../../standards/seals/index.ts';
import type { ActContext } from '../acts.ts';
import { type PaperTable, tablePdf } from './table-pdf.ts';

const testSeal = 'ПРОБНИ ПЕЧАТ: не доказује ништа трећим лицима / TEST SEAL: proves nothing to outsiders';

/** A table on paper (PDF/A-2b) with the institution's PAdES seal. */
export async function sealedTable(
  context: ActContext,
  table: Omit<PaperTable, 'made' | 'author'>,
): Promise<Uint8Array> {
  const signer = await context.confirmationSeal();
  const made = context.clock();
  const { subject } = new X509Certificate(signer.chain[0]);
  const [, signerName = subject] = /(?:^|\n)CN=(.+)/.exec(subject) ?? [];
  const sealed = `Печатирао / Sealed by: ${signerName}`;
  const lines = [...table.lines, signer.isTest ? `${sealed}. ${testSeal}` : sealed];
  const plain = await tablePdf({ ...table, lines, made, author: context.institution.name });
  const update = await sealPades(bytesReader(plain), signer, { signingTime: made, signerName, reason: table.title });
  return Buffer.concat([plain, update]);
}
