import type { CatalogRecord } from '../../archive/data-management/index.ts';
import type { Ingest, ReceivedSubmission } from '../../archive/ingest/index.ts';

/** Works on received submissions beside the requests that brought them, a bounded number at once. */
export interface IntakeQueue {
  /** Gives the record when it has come to rest. A failure is a rejection that nobody need wait for. */
  process(received: ReceivedSubmission): Promise<CatalogRecord>;
  /** How many wait or are being worked on. */
  readonly length: () => number;
  /** Begins nothing more, and waits for what runs. What waits stays staged; the next start goes on with it. */
  stop(): Promise<void>;
}

const atOnce = 32;

/** @param onFailure told of every failure, since often nobody waits */
export function openIntakeQueue(
  ingest: Pick<Ingest, 'process'>,
  onFailure: (what: string, error: unknown) => void,
): IntakeQueue {
  const waiting: (() => void)[] = [];
  const running = new Set<Promise<unknown>>();
  let stopped = false;

  const next = () => {
    while (!stopped && running.size < atOnce) {
      const start = waiting.shift();
      if (!start) return;
      start();
    }
  };

  const work = async ({ submission, intake, duplicateOf }: ReceivedSubmission): Promise<CatalogRecord> =>
    ingest.process(submission, { number: intake.recordNumber, ...(duplicateOf ? { duplicateOf } : {}) });

  return {
    process: (received) => {
      const outcome = new Promise<CatalogRecord>((resolve, reject) => {
        waiting.push(() => {
          const task = work(received)
            .then(resolve, (error) => {
              onFailure('ingest', error);
              reject(error);
            })
            .finally(() => {
              running.delete(task);
              next();
            });
          running.add(task);
        });
      });
      outcome.catch(() => undefined); // told of above; whoever waits for it hears of it too
      next();
      return outcome;
    },
    length: () => waiting.length + running.size,
    stop: async () => {
      stopped = true;
      await Promise.allSettled(running);
    },
  };
}
