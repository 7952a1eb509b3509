import { listEntries } from '../data-management/index.ts';
import {
  integrityFiles,
  makeIntegrityReport,
  type ReportContext,
  statusStatement,
  versionEvidence,
} from '../preservation/index.ts';

/** Whose history and proofs are wanted. */
interface Wanted {
  readonly record: string;
  readonly version: number;
  /** Paths in the package; all of them when left out. */
  readonly evidenceOf?: readonly string[];
}

const mostEntries = 10_000;

/**
 * What is known of a record since it was packaged and goes with everything that is given of it: the journal's entries, an
 * evidence record for each file where its batch has been closed (`evidence/PATH.ers`), the sealed statement
 * of fields 11 to 14 (UTT 5), the sealed integrity report.
 */
export async function* sinceArchiving(
  holdings: ReportContext,
  { record, version, evidenceOf }: Wanted,
): AsyncGenerator<{ readonly path: string; readonly content: Uint8Array }> {
  const { catalog, institution } = holdings;
  const entries = await listEntries(catalog, { institution: institution.id, subject: record, limit: mostEntries });
  const given = entries.filter(({ type }) => type !== 'record.consulted'); // who read it, and why, is no history of the record
  const history = given.reverse().map((entry) => `${JSON.stringify(entry)}\n`);
  yield { path: 'history.jsonl', content: Buffer.from(history.join('')) };
  const evidence = await versionEvidence(holdings, record, version);
  if (evidence)
    for (const path of evidenceOf ?? evidence.files.map((file) => file.path))
      yield { path: `evidence/${path}.ers`, content: await evidence.recordOf(path) };
  yield* (await statusStatement(holdings, { record, version })).files;
  yield* integrityFiles(await makeIntegrityReport(holdings, record));
}
