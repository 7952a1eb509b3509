import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ArchiveError } from '../../base/index.ts';
import {
  checkStorageRoot,
  findingList,
  isError,
  isObjectFolder,
  type LayoutPath,
  layoutOfRoot,
  type ObjectValidation,
  type OcflFinding,
  type OcflReader,
  objectsBelow,
  validateObject,
} from '../../standards/ocfl/index.ts';
import { ocflFolder } from './filesystem/ocfl-folder.ts';
import { type FilesystemWorkers, startFilesystemWorkers } from './filesystem/workers.ts';

/** What validation says of a storage root or an object. */
export interface StoreValidation {
  readonly valid: boolean;
  readonly objects: number;
  readonly errors: readonly OcflFinding[];
  readonly warnings: readonly OcflFinding[];
}

/** Objects per task; the first ones go alone, so that a root of a few huge objects keeps all threads busy. */
const batchAfter = (started: number) => (started < 64 ? 1 : 16);
/** A root of a million broken objects must not fill the memory with their faults; the verdict counts all. */
const mostFindings = 10_000;

/**
 * Validates an OCFL storage root or a single object, ours or anyone's (OCFL 1.0, 1.1), with all cores. What is kept in
 * memory does not grow with the root, but for 12 bytes per object that tell whether an id stands twice.
 * @param onProgress is told the number of objects validated
 * @throws ArchiveError USAGE when there is no folder at `folder`; plain errors when bytes cannot be had
 */
export async function validateStore(folder: string, onProgress?: (objects: number) => void): Promise<StoreValidation> {
  const facts = await stat(folder).catch((cause) => {
    throw new ArchiveError('USAGE', `“${folder}” cannot be read. Check the name.`, { cause });
  });
  if (!facts.isDirectory())
    throw new ArchiveError('USAGE', `“${folder}” is no folder. Name a storage root or an object.`);
  const reader = ocflFolder(folder);
  const tally = newTally();
  if (await isStorageRoot(reader)) {
    const workers = startFilesystemWorkers();
    try {
      await validateRoot(folder, workers, tally, onProgress);
    } finally {
      await workers.close();
    }
  } else tally.add('', await validateObject(reader));
  return tally.result();
}

/** A folder that says nothing of itself is judged as a root when there are folders in it, else as an object. */
async function isStorageRoot(reader: OcflReader): Promise<boolean> {
  const entries = await reader.list('');
  if (entries.some(({ name }) => /^0=ocfl_\d/.test(name))) return true;
  const isObject = isObjectFolder(entries) || entries.some(({ name }) => name === 'inventory.json');
  return !isObject && entries.some(({ kind }) => kind === 'folder');
}

async function validateRoot(
  folder: string,
  workers: FilesystemWorkers,
  tally: Tally,
  onProgress?: (objects: number) => void,
): Promise<void> {
  const reader = ocflFolder(folder);
  const { findings, report } = findingList();
  tally.specification = await checkStorageRoot(reader, report);
  tally.layout = await layoutOfRoot(reader);
  const running = new Set<Promise<void>>();
  let failure: { error: unknown } | undefined;
  const start = (paths: readonly string[]) => {
    const task = workers
      .validateObjects(paths.map((path) => join(folder, path)))
      .then((validations) => {
        for (const [index, validation] of validations.entries()) tally.add(paths[index] ?? '', validation);
        onProgress?.(tally.objects);
      })
      .catch((error: unknown) => {
        failure ??= { error };
      })
      .finally(() => running.delete(task));
    running.add(task);
  };
  let paths: string[] = [];
  let started = 0;
  const depths = new Set<number>();
  for await (const path of objectsBelow(reader, report)) {
    depths.add(path.split('/').length);
    paths.push(path);
    if (paths.length < batchAfter(started)) continue;
    start(paths);
    started++;
    paths = [];
    if (running.size >= 8) await Promise.race(running);
    if (failure) break;
  }
  if (paths.length > 0) start(paths);
  await Promise.all(running);
  if (failure) throw failure.error;
  if (!tally.layout && depths.size > 1)
    report(depths.has(1) ? 'W015' : 'W014', '', `Objects lie ${[...depths].sort().join(' and ')} folders deep.`);
  tally.addFindings('', findings);
}

interface Tally {
  readonly objects: number;
  specification: string | undefined;
  /** Where the root's layout puts an object; undefined when it names none that is known. */
  layout: LayoutPath | undefined;
  add(path: string, validation: ObjectValidation): void;
  addFindings(path: string, findings: readonly OcflFinding[]): void;
  result(): StoreValidation;
}

/** Counts what is found; findings beyond the limit count for the verdict without being kept. */
function newTally(): Tally {
  const errors: OcflFinding[] = [];
  const warnings: OcflFinding[] = [];
  const standsTwice = idMemory();
  let [objects, broken] = [0, 0];
  const tally: Tally = {
    get objects() {
      return objects;
    },
    specification: undefined,
    layout: undefined,
    add: (path, validation) => {
      objects++;
      const own = faultsInRoot(validation, path, tally, standsTwice);
      tally.addFindings(path, [...validation.findings, ...own]);
    },
    addFindings: (path, findings) => {
      for (const finding of findings) {
        const list = isError(finding) ? errors : warnings;
        if (isError(finding)) broken++;
        const place = [path, finding.place].filter((part) => part !== '').join('/');
        if (list.length < mostFindings) list.push({ ...finding, place });
      }
    },
    result: () => ({ valid: broken === 0, objects, errors, warnings }),
  };
  return tally;
}

/** What is wrong with an object only because of the root it stands in: E037, E081 and E083. */
function faultsInRoot(
  { id, specification }: ObjectValidation,
  path: string,
  { specification: ofRoot, layout }: Pick<Tally, 'specification' | 'layout'>,
  standsTwice: (id: string) => boolean,
): OcflFinding[] {
  const faults: OcflFinding[] = [];
  if (specification && ofRoot && specification > ofRoot)
    faults.push({ code: 'E081', place: '', message: `The object is of OCFL ${specification}, newer than its root.` });
  if (id !== undefined && path !== '' && layout && layout(id) !== path)
    faults.push({ code: 'E083', place: '', message: `The layout of the root puts this object at “${layout(id)}”.` });
  if (id !== undefined && standsTwice(id))
    faults.push({ code: 'E037', place: '', message: `Another object has the id “${id}” too.` });
  return faults;
}

/** Tells of each id whether it came before, by 12 bytes of its digest. */
function idMemory(): (id: string) => boolean {
  const known = new Set<string>();
  return (id) => {
    const key = createHash('sha256').update(id).digest('base64').slice(0, 16);
    if (known.has(key)) return true;
    known.add(key);
    return false;
  };
}
