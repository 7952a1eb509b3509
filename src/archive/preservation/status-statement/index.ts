import { bytesReader } from '../../../base/index.ts';
import { sealCades } from '../../../standards/seals/index.ts';
import { type ReportContext, sealerOf } from '../integrity-report/make-integrity-report.ts';
import { type StatusFacts, statusFacts } from './status-facts.ts';

export type { StatusFacts } from './status-facts.ts';

/** The names under which the statement goes with everything that is given of a record. */
export const statusFileNames = { statement: 'status-statement.json', seal: 'status-statement.json.p7s' } as const;

/**
 * The dated statement of fields 11 to 14 (UTT 5 point 6), sealed by the archive: CAdES beside the JSON. The package stays as it
 * is; the next statement says what changed.
 * @param wanted.version the current one when left out
 * @throws ArchiveError RECORD_UNKNOWN
 */
export async function statusStatement(
  context: ReportContext,
  { record, version }: { readonly record: string; readonly version?: number },
): Promise<{ readonly facts: StatusFacts; readonly files: readonly { path: string; content: Uint8Array }[] }> {
  const signer = await context.confirmationSeal();
  const facts = await statusFacts(context, record, sealerOf(signer), version);
  const content = Buffer.from(`${JSON.stringify(facts, undefined, 2)}\n`);
  const seal = await sealCades(bytesReader(content), signer, { detached: true, signingTime: context.clock() });
  return {
    facts,
    files: [
      { path: statusFileNames.statement, content },
      { path: statusFileNames.seal, content: seal },
    ],
  };
}
