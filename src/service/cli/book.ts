import { writeFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { parseArgs } from 'node:util';
import {
  type BookForm,
  bookCells,
  enterRows,
  makeTranscript,
  printBook,
  transcriptFile,
  transcriptsDue,
} from '../../archive/administration/index.ts';
import { listBookRows } from '../../archive/data-management/index.ts';
import { ArchiveError } from '../../base/index.ts';
import type { Command, ExitCode } from './command.ts';
import { creatorFor, inOffice, noSuchVerb, required } from './office.ts';

/** `trajno book [show] | enter | print --to FILE.pdf|.xlsx|.csv | transcript --year YEAR --to FILE.pdf | due` */
export const book: Command = async (args, context) => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      creator: { type: 'string' },
      year: { type: 'string' },
      to: { type: 'string' },
      by: { type: 'string', default: 'operator' },
      json: { type: 'boolean', default: false },
    },
  });
  const [verb = 'show'] = positionals;
  const { out } = context;
  return inOffice(context, async (archive): Promise<ExitCode> => {
    if (verb === 'due') {
      const due = await transcriptsDue(archive);
      if (values.json) out.json({ due });
      else for (const { year, dueOn, state, creator } of due) out.line(`${year}  ${state}, by ${dueOn}  ${creator}`);
      return due.some(({ state }) => state === 'overdue') ? 1 : 0;
    }
    const creator = await creatorFor(archive, values.creator);
    const narrow = values.year ? { year: values.year } : {};
    switch (verb) {
      case 'show': {
        const rows = await listBookRows(archive.catalog, creator, narrow);
        if (values.json) out.json({ rows: rows.map((row) => ({ number: row.number, columns: bookCells(row) })) });
        else for (const row of rows) out.line(bookCells(row).join(' | '));
        return 0;
      }
      case 'enter': {
        const entered = await enterRows(archive, { creator, ...narrow, actor: values.by });
        if (values.json) out.json({ entered });
        else out.line(`${entered} rows entered`);
        return 0;
      }
      case 'print': {
        const to = required(values.to, 'to');
        await writeFile(to, await printBook(archive, { creator, ...narrow, form: formOf(to) }));
        if (values.json) out.json({ files: [to] });
        else out.line(to);
        return 0;
      }
      case 'transcript': {
        const to = required(values.to, 'to');
        const { id } = await makeTranscript(archive, {
          creator,
          year: required(values.year, 'year'),
          actor: values.by,
        });
        await writeFile(to, await transcriptFile(archive, id));
        if (values.json) out.json({ transcript: id, files: [to] });
        else out.line(`${to}  ${id}`);
        return 0;
      }
      default:
        return noSuchVerb(verb, ['show', 'enter', 'print', 'transcript', 'due']);
    }
  });
};

function formOf(path: string): BookForm {
  const end = extname(path).slice(1).toLowerCase();
  if (end === 'pdf' || end === 'xlsx' || end === 'csv' || end === 'json') return end;
  throw new ArchiveError('USAGE', 'Name a file that ends with .pdf, .xlsx, .csv or .json.');
}
