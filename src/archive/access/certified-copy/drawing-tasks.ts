/** What the threads of `drawing.ts` do; takes and gives what can be copied between threads. */
import { type AttachedFile, certificatePdf } from './certificate-pdf.ts';
import type { CopyScript, CopyStatement } from './copy-statement.ts';
import { readingCopy } from './reading-copy.ts';

export function drawCertificate(task: {
  readonly statement: CopyStatement;
  readonly script: CopyScript;
  readonly attached: readonly AttachedFile[];
}): Promise<Uint8Array> {
  return certificatePdf(task.statement, task.script, task.attached);
}

export function stampOriginal(task: {
  readonly original: Uint8Array;
  readonly statement: CopyStatement;
  readonly script: CopyScript;
}): Promise<Uint8Array | undefined> {
  return readingCopy(task.original, task.statement, task.script);
}
