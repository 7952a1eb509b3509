import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { AttachedFile } from './certificate-pdf.ts';
import type { CopyScript, CopyStatement } from './copy-statement.ts';

/** Draws what people read of a copy. */
export interface Drawing {
  certificate(statement: CopyStatement, script: CopyScript, attached: readonly AttachedFile[]): Promise<Uint8Array>;
  /** @returns undefined for a PDF that cannot be stamped, or costs more than one may */
  readingCopy(original: Uint8Array, statement: CopyStatement, script: CopyScript): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

/** What one drawing may cost. An original is a stranger's, and may be made to exhaust who opens it. */
const limits = { milliseconds: 60_000, heapMegabytes: 512, threads: 2 };

/** Opens the threads in which it is drawn: the service keeps answering, and nothing else falls with an original. */
export function openDrawing({ milliseconds, heapMegabytes, threads } = limits): Drawing {
  const source = import.meta.url.endsWith('.ts') ? './drawing-tasks-from-source.mjs' : './drawing-tasks.js';
  const pool = new Piscina({
    filename: fileURLToPath(new URL(source, import.meta.url)),
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 10_000,
    resourceLimits: { maxOldGenerationSizeMb: heapMegabytes },
  });
  return {
    certificate: (statement, script, attached) =>
      pool.run({ statement, script, attached }, { name: 'drawCertificate', signal: AbortSignal.timeout(milliseconds) }),
    readingCopy: async (original, statement, script) => {
      try {
        const signal = AbortSignal.timeout(milliseconds);
        return await pool.run({ original, statement, script }, { name: 'stampOriginal', signal });
      } catch (error) {
        const { name, code } = error as NodeJS.ErrnoException;
        if (name === 'AbortError' || code === 'ERR_WORKER_OUT_OF_MEMORY') return undefined; // the original itself is handed out
        throw error;
      }
    },
    close: () => pool.destroy(),
  };
}
