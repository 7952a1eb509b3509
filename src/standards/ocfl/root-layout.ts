import { createHash } from 'node:crypto';
import { FormatError } from '../../base/index.ts';
import { encodedId } from './layout.ts';
import { cryptoNames, type OcflReader } from './ocfl-reader.ts';

/** Where a storage root's layout puts the object with an id. */
export type LayoutPath = (id: string) => string;

interface LayoutSettings {
  readonly digestAlgorithm?: unknown;
  readonly tupleSize?: unknown;
  readonly numberOfTuples?: unknown;
  readonly shortObjectRoot?: unknown;
  readonly delimiter?: unknown;
}

/** The registered layouts whose paths follow from the id alone (github.com/OCFL/extensions). */
const layouts: Readonly<Record<string, (settings: LayoutSettings) => LayoutPath | undefined>> = {
  '0002-flat-direct-storage-layout': () => (id) => id,
  '0003-hash-and-id-n-tuple-storage-layout': hashAndId,
  '0004-hashed-n-tuple-storage-layout': hashed,
  '0006-flat-omit-prefix-storage-layout': omitPrefix,
};

/**
 * The layout that a storage root says it has, by `ocfl_layout.json` and the extension's `config.json` (OCFL 1.1 section 4.1).
 * @returns undefined when it names none, or one that is not known here
 */
export async function layoutOfRoot(reader: OcflReader): Promise<LayoutPath | undefined> {
  const { extension } = ((await readJson(reader, 'ocfl_layout.json')) ?? {}) as { extension?: unknown };
  if (typeof extension !== 'string' || !Object.hasOwn(layouts, extension)) return undefined;
  const settings = await readJson(reader, `extensions/${extension}/config.json`);
  return layouts[extension]?.((settings ?? {}) as LayoutSettings);
}

function hashAndId(settings: LayoutSettings): LayoutPath | undefined {
  const shape = tuplesOf(settings);
  return shape && ((id) => [...shape.tuples(shape.digest(id)), encodedId(id, shape.digest(id))].join('/'));
}

function hashed(settings: LayoutSettings): LayoutPath | undefined {
  const shape = tuplesOf(settings);
  const isShort = settings.shortObjectRoot === true;
  return (
    shape &&
    ((id) => {
      const digest = shape.digest(id);
      const tuples = shape.tuples(digest);
      return [...tuples, isShort ? digest.slice(tuples.join('').length) : digest].join('/');
    })
  );
}

function omitPrefix({ delimiter }: LayoutSettings): LayoutPath | undefined {
  if (typeof delimiter !== 'string' || delimiter === '') return undefined;
  return (id) => {
    const at = id.toLowerCase().lastIndexOf(delimiter.toLowerCase());
    return at < 0 ? id : id.slice(at + delimiter.length);
  };
}

/** Digest and tuples, as layouts 0003 and 0004 share them; both have the same defaults. */
function tuplesOf({ digestAlgorithm = 'sha256', tupleSize = 3, numberOfTuples = 3 }: LayoutSettings) {
  const algorithm = cryptoNames.get(String(digestAlgorithm));
  const [size, count] = [Number(tupleSize), Number(numberOfTuples)];
  const isNumber = (value: number) => Number.isInteger(value) && value >= 0 && value <= 32;
  if (!algorithm || !isNumber(size) || !isNumber(count) || (size === 0) !== (count === 0)) return undefined;
  return {
    digest: (id: string) => createHash(algorithm).update(id).digest('hex'),
    tuples: (digest: string) => Array.from({ length: count }, (_, at) => digest.slice(at * size, (at + 1) * size)),
  };
}

/** @returns undefined when there is none, or it is not JSON: that is told where the root's files are checked */
async function readJson(reader: OcflReader, path: string): Promise<unknown> {
  if (!(await isThere(reader, path))) return undefined;
  try {
    return JSON.parse(Buffer.from(await reader.read(path, 1 << 20)).toString('utf8'));
  } catch (error) {
    if (error instanceof FormatError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Looks from the root down, since a folder that is not there cannot be listed. */
async function isThere(reader: OcflReader, path: string): Promise<boolean> {
  let folder = '';
  for (const name of path.split('/')) {
    const below = folder === '' ? name : `${folder}/${name}`;
    const kind = below === path ? 'file' : 'folder';
    if (!(await reader.list(folder)).some((entry) => entry.name === name && entry.kind === kind)) return false;
    folder = below;
  }
  return true;
}
