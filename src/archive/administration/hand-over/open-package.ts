import { ArchiveError, readWhole } from '../../../base/index.ts';
import { type AipContents, aipContents } from '../../access/index.ts';
import type { Disposal, DisposalStep } from '../../data-management/index.ts';
import type { ActContext } from '../acts.ts';

/** The files of the package of a hand-over: what was made lies with the act, the rest in the records' own objects. */
export interface PackageIndex {
  readonly folder: string;
  readonly entries: readonly ({ readonly path: string; readonly size: number; readonly sha512: string } & (
    | { readonly kept: string }
    | { readonly record: string; readonly version: number }
  ))[];
}

/** Where it lies in the act's object. */
export const packageIndexFile = 'package.json';

const largestIndex = 1 << 30;

/** The act by which the newest package of a hand-over was made. */
export function packagedStep({ steps }: Disposal): DisposalStep | undefined {
  return steps.findLast(({ step }) => step === 'packaged');
}

/**
 * Opens the package of a hand-over, to be streamed.
 * @throws ArchiveError STATE_CONFLICT while none was made, or after its records were removed: then the public archive has it
 */
export async function openHandOverPackage(
  { storage }: Pick<ActContext, 'storage'>,
  disposal: Disposal,
): Promise<AipContents> {
  const step = packagedStep(disposal);
  if (!step) throw new ArchiveError('STATE_CONFLICT', `No package of ${disposal.number} was made yet.`);
  if (disposal.state === 'completed')
    throw new ArchiveError('STATE_CONFLICT', `${disposal.number} was handed over; the public archive has the records.`);
  const bytes = await readWhole(await storage.openState(step.object, packageIndexFile), largestIndex);
  const { folder, entries }: PackageIndex = JSON.parse(Buffer.from(bytes).toString('utf8'));
  const records = new Map<string, Map<string, AipContents['entries'][number]>>();
  const stored = async (record: string, version: number, sha512: string) => {
    const known =
      records.get(record) ??
      new Map((await aipContents(storage, record, version)).entries.map((entry) => [entry.sha512, entry]));
    records.set(record, known);
    const entry = known.get(sha512);
    if (!entry) throw new ArchiveError('LOCATION_CORRUPT', 'The package of a record lacks a file. Run an audit.');
    return entry;
  };
  return {
    folder,
    version: 1,
    entries: await Promise.all(
      entries.map(async (entry) => {
        const { path, size, sha512 } = entry;
        const open =
          'kept' in entry
            ? () => storage.openState(step.object, entry.kept)
            : (await stored(entry.record, entry.version, sha512)).open;
        return { path, size, sha512, open };
      }),
    ),
  };
}
