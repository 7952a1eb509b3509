import { earlierWithContent } from '../../data-management/index.ts';
import type { IngestContext, Submission } from '../submission.ts';

/** The record that already holds a document of a package; what came as it is was looked for when it was received. */
export async function duplicateIn(
  { catalog, institution }: IngestContext,
  { id, files, package: received }: Submission,
): Promise<string | undefined> {
  if (!received) return undefined;
  const digests = files.filter(({ size }) => size > 0).map(({ sha256 }) => sha256); // all empty files are alike
  const earlier = await earlierWithContent(catalog, institution.id, digests);
  return digests.map((digest) => earlier.get(digest)).find((record) => record !== undefined && record !== id);
}
