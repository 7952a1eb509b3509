import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ArchiveError, FormatError } from '../../base/index.ts';
import {
  type EarkRules,
  type EarkValidation,
  findVersion,
  type PackageReader,
  type SpecificationTable,
  unreadablePackage,
  validateEarkPackage,
} from '../../standards/packages/index.ts';
import { archivePackage, folderPackage } from './open-package.ts';

/** Shipped beside `src` and `dist` alike. */
const rulesFolder = fileURLToPath(new URL('../../../profiles/e-ark', import.meta.url));
const schemasFolder = fileURLToPath(new URL('../../../representation-information', import.meta.url));
/** Under which METS imports it. */
const xlinkAddress = 'http://www.loc.gov/standards/xlink/xlink.xsd';
const versions = ['2.0.4', '2.1.0', '2.2.0'];

let loaded: Promise<EarkRules> | undefined;

/** The rule tables, read once. */
function earkRules(): Promise<EarkRules> {
  loaded ??= readRules();
  return loaded;
}

async function readRules(): Promise<EarkRules> {
  const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(rulesFolder, name), 'utf8'));
  const specifications = (await Promise.all(
    versions.map((version) => read(`${version}.json`)),
  )) as SpecificationTable[];
  const { rules, references } = (await read('rules.json')) as Pick<EarkRules, 'rules' | 'references'>;
  const vocabularies = (await read('vocabularies.json')) as EarkRules['vocabularies'];
  const [schema, xlink] = await Promise.all(
    ['mets.xsd', 'xlink.xsd'].map((name) => readFile(join(schemasFolder, name))),
  );
  if (!schema || !xlink) throw new Error('a schema of METS is missing');
  const metsSchema = { schema, imported: { [xlinkAddress]: xlink } };
  return { specifications, rules, references, vocabularies, metsSchema };
}

/**
 * Validates the E-ARK package at `path`, anyone's: a folder, a ZIP or a TAR.
 * @param specification `2.0.4`, `2.1` or `2.2`; what the package declares when left out
 * @throws ArchiveError USAGE when there is nothing at `path`, or the version is not known
 */
export async function validatePackage(
  path: string,
  validationTime: Date,
  specification?: string,
): Promise<EarkValidation> {
  const rules = await earkRules();
  if (specification !== undefined && !findVersion(rules.specifications, specification))
    throw new ArchiveError('USAGE', `There are no rules for “${specification}”, only for ${versions.join(', ')}.`);
  const facts = await stat(path).catch((cause) => {
    throw new ArchiveError('USAGE', `“${path}” cannot be read. Check the name.`, { cause });
  });
  const request = { rules, validationTime, ...(specification === undefined ? {} : { specification }) };
  try {
    if (!facts.isDirectory()) return await validateEarkPackage(await archivePackage(path), request);
    const { reader, foundBelow } = await openFolder(resolve(path));
    return await validateEarkPackage(reader, { ...request, foundBelow });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return unreadablePackage(error, request);
  }
}

/** The folder itself; or the only folder in it that has a METS.xml, where it has none, as an export makes it. */
async function openFolder(path: string): Promise<{ reader: PackageReader; foundBelow: boolean }> {
  const entries = await readdir(path, { withFileTypes: true });
  if (entries.some(({ name }) => name === 'METS.xml')) return { reader: folderPackage(path), foundBelow: false };
  const below: string[] = [];
  for (const entry of entries.filter((candidate) => candidate.isDirectory()))
    if ((await readdir(join(path, entry.name))).includes('METS.xml')) below.push(entry.name);
  const [only] = below;
  if (only !== undefined && below.length === 1) return { reader: folderPackage(join(path, only)), foundBelow: true };
  return { reader: folderPackage(path), foundBelow: false };
}
