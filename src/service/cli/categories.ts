import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import {
  adoptList,
  readCategoryTable,
  seedCategories,
  type TableForm,
  writeCategoryTable,
} from '../../archive/administration/index.ts';
import {
  categoriesOf,
  findCategoryList,
  listCategoryLists,
  listInForce,
  serbianDay,
} from '../../archive/data-management/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { Command, ExitCode, OpenArchive } from './command.ts';
import { creatorFor, fileOf, inOffice, noSuchVerb, required } from './office.ts';

const options = {
  creator: { type: 'string' },
  adopted: { type: 'string' },
  'valid-from': { type: 'string' },
  consent: { type: 'string' },
  'consent-date': { type: 'string' },
  exact: { type: 'boolean', default: false },
  list: { type: 'string' },
  by: { type: 'string', default: 'operator' },
  json: { type: 'boolean', default: false },
} as const;

/** `trajno categories list | versions | seed FILE.csv|FILE.xlsx | import FILE.csv|FILE.xlsx --adopted DAY --consent N --consent-date DAY | export FILE` */
export const categories: Command = async (args, context) => {
  const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options });
  const [verb = 'list', file] = positionals;
  const { out } = context;
  return inOffice(context, async (archive): Promise<ExitCode> => {
    if (verb === 'seed') {
      await writeFile(String(file), await writeCategoryTable(seedCategories, formOf(file)));
      if (values.json) out.json({ files: [file] });
      else out.line(String(file));
      return 0;
    }
    const creator = await creatorFor(archive, values.creator);
    switch (verb) {
      case 'list': {
        const { list, found } = await listOf(archive, creator, values.list);
        if (values.json) out.json({ list, categories: found });
        else
          for (const { mark, period, startEvent, name } of found)
            out.line(`${mark.padEnd(10)} ${period.padEnd(6)} ${startEvent.padEnd(18)} ${name}`);
        return 0;
      }
      case 'versions': {
        const lists = await listCategoryLists(archive.catalog, archive.institution.id, creator);
        if (values.json) out.json({ lists });
        else
          for (const { id, version, facts } of lists)
            out.line(`${version}  valid from ${facts.validFrom}  ${facts.consent?.number ?? 'no consent'}  ${id}`);
        return 0;
      }
      case 'import': {
        const list = await adoptList(archive, {
          creator,
          adoptedOn: required(values.adopted, 'adopted'),
          ...(values['valid-from'] ? { validFrom: values['valid-from'] } : {}),
          formula: values.exact ? 'exact' : 'year-end',
          ...(values.consent
            ? { consent: { number: values.consent, date: required(values['consent-date'], 'consent-date') } }
            : {}),
          categories: await readCategoryTable(await fileOf(file), formOf(file)),
          actor: values.by,
        });
        const found = await categoriesOf(archive.catalog, list.id);
        if (values.json) out.json({ list, categories: found.length });
        else out.line(`version ${list.version}: ${found.length} categories, valid from ${list.facts.validFrom}`);
        return 0;
      }
      case 'export': {
        const { found } = await listOf(archive, creator, values.list);
        await writeFile(String(file), await writeCategoryTable(found, formOf(file)));
        if (values.json) out.json({ files: [file] });
        else out.line(String(file));
        return 0;
      }
      default:
        return noSuchVerb(verb, ['list', 'versions', 'seed', 'import', 'export']);
    }
  });
};

async function listOf(
  { catalog, institution, clock }: OpenArchive['context'],
  creator: string,
  id: string | undefined,
) {
  const list = id
    ? await findCategoryList(catalog, institution.id, id)
    : await listInForce(catalog, creator, serbianDay(clock()));
  if (!list) throw new ArchiveError('ENTRY_UNKNOWN', 'There is no such list, or none in force.');
  return { list, found: await categoriesOf(catalog, list.id) };
}

function formOf(file: string | undefined): TableForm {
  const end = extname(file ?? '').toLowerCase();
  if (end === '.csv') return 'csv';
  if (end === '.xlsx') return 'xlsx';
  throw new ArchiveError('USAGE', 'Name a file that ends with .csv or .xlsx.');
}
