import type { Service } from './service.ts';

/** Whether the configured malware scanner answers; undefined when there is none. */
export async function scannerAnswers({ context: { scanner } }: Service): Promise<boolean | undefined> {
  if (!scanner) return undefined;
  return scanner.ping().then(
    () => true,
    () => false,
  );
}
