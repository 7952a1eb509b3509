import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EarkRules, SpecificationTable } from '../../standards/packages/index.ts';

/** Shipped beside `src` and `dist` alike. */
const rulesFolder = fileURLToPath(new URL('../../../profiles/e-ark', import.meta.url));
const schemasFolder = fileURLToPath(new URL('../../../representation-information', import.meta.url));
/** Under which METS imports it. */
const xlinkAddress = 'http://www.loc.gov/standards/xlink/xlink.xsd';
/** The versions of the specifications that there are rules for, oldest first. */
export const earkVersions = ['2.0.4', '2.1.0', '2.2.0'];

let loaded: Promise<EarkRules> | undefined;

/** The rule tables, read once. */
export function earkRules(): Promise<EarkRules> {
  loaded ??= readRules();
  return loaded;
}

async function readRules(): Promise<EarkRules> {
  const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(join(rulesFolder, name), 'utf8'));
  const specifications = (await Promise.all(
    earkVersions.map((version) => read(`${version}.json`)),
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
