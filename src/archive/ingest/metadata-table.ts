import { ArchiveError, type ErrorPlace, FormatError } from '../../base/index.ts';
import { readCsv, type Table, tableLimits } from '../../standards/formats/table/index.ts';
import { missing, type Profile, type ProfileField, type Profiles } from '../profiles/index.ts';
import type { OfferedMetadata } from './submission.ts';

/** What a table says of files, each by its own row. */
export interface MetadataTable {
  /** What is said of a file: its row over what is said of all; by its path, else by its name where one row alone has it. */
  of(path: string): OfferedMetadata;
  /** Rows whose file is not among these. */
  faultsOf(paths: readonly string[]): ErrorPlace[];
}

/** Columns that are of no profile, by what they may be headed. */
const ownColumns = {
  file: [
    'file',
    'path',
    'filename',
    'file name',
    'датотека',
    'datoteka',
    'путања',
    'putanja',
    'име датотеке',
    'ime datoteke',
  ],
  profile: ['profile', 'профил', 'profil', 'врста', 'vrsta'],
  category: ['category', 'категорија', 'kategorija'],
  creator: ['creator'],
  language: ['language'],
} as const;

type OwnColumn = keyof typeof ownColumns;

/** What heads the column of files in the tables that the product offers to be filled in. */
export const fileHeading = { 'sr-Cyrl': 'датотека', 'sr-Latn': 'datoteka', en: 'file' } as const;

const languages = ['sr-Cyrl', 'sr-Latn', 'en'] as const;

/**
 * Reads a table of metadata: CSV (RFC 4180) in UTF-8 or Windows-1250, parted by commas, semicolons or tabs. A column names the
 * file; the others are fields of the profile, by name or as any of the product's languages calls them. An empty cell says
 * nothing.
 * @param common what is said of all files, which a row outranks
 * @throws ArchiveError METADATA_INVALID with a place `/row/field` for each fault, rows counted as a spreadsheet does; PROFILE_UNKNOWN
 */
export function readMetadataTable(bytes: Uint8Array, profiles: Profiles, common: OfferedMetadata): MetadataTable {
  const table = tableIn(bytes);
  const [headings = []] = table;
  const owns = headings.map(ownColumn);
  const fileColumn = owns.indexOf('file');
  if (fileColumn < 0) throw invalid([{ pointer: '/1', detail: noFileColumn }]);
  const faults: ErrorPlace[] = [];
  const rows: { path: string; row: number; said: OfferedMetadata }[] = [];
  const known = new Set<number>();
  for (const [index, cells] of table.entries()) {
    if (index === 0 || cells.every((cell) => cell === '')) continue;
    const row = index + 1;
    const path = normal(cells[fileColumn] ?? '');
    const own = (name: OwnColumn) => cells[owns.indexOf(name)] || undefined;
    if (path === '') faults.push({ pointer: `/${row}/${headings[fileColumn]}`, detail: missing });
    else if (rows.some((other) => other.path === path))
      faults.push({ pointer: `/${row}/${headings[fileColumn]}`, detail: twice });
    const profile = profiles.find(own('profile') ?? common.profile);
    const values: Record<string, string | number> = {};
    for (const [column, heading] of headings.entries()) {
      if (owns[column]) continue;
      const field = fieldOf(profile, heading);
      if (field) known.add(column);
      const cell = cells[column] ?? '';
      if (cell === '') continue;
      if (field) values[field.name] = enteredValue(field, cell);
      else if (heading !== '') faults.push({ pointer: `/${row}/${heading}`, detail: noField });
    }
    const { title = common.title, ...fields } = { ...common.fields, ...values };
    const entered = { ...fields, ...(title === undefined ? {} : { title }) };
    for (const { pointer, detail } of profile.metadataFaults(entered))
      if (detail !== missing || !profile.reads) faults.push({ pointer: `/${row}${pointer}`, detail }); // what is read may fill it in
    const said = { profile: profile.id, category: own('category'), creator: own('creator'), language: own('language') };
    rows.push({
      path,
      row,
      said: { ...common, ...present(said), ...(title === undefined ? {} : { title: String(title) }), fields },
    });
  }
  if (faults.length > 0) throw invalid(faults);
  return {
    of: (path) => find(rows, path)?.said ?? common,
    faultsOf: (paths) => {
      const described = new Set(paths.map((path) => find(rows, path)));
      return rows
        .filter((row) => !described.has(row))
        .map(({ row }) => ({ pointer: `/${row}/${headings[fileColumn]}`, detail: notSent }));
    },
  };
}

const noFileColumn = 'has no column “file”';
const twice = 'stands in another row too';
const noField = 'is not a field of this profile';
const notSent = 'names no file that was sent';

/** @throws ArchiveError METADATA_INVALID, the first fault in its sentence */
export function invalid(places: readonly ErrorPlace[]): ArchiveError {
  const [first] = places;
  const [, row = '1', field = ''] = /^\/(\d+)(?:\/(.*))?$/s.exec(first?.pointer ?? '') ?? [];
  return new ArchiveError(
    'METADATA_INVALID',
    `The table of metadata is not as it should be: row ${row}${field ? `, “${field}”` : ''} ${first?.detail}. Nothing was archived; correct it and send it again.`,
    { places: places.slice(0, 100) },
  );
}

function tableIn(bytes: Uint8Array): Table {
  try {
    return readCsv(bytes, tableLimits, { orElse: 'windows-1250', keepsEmptyRows: true });
  } catch (cause) {
    if (!(cause instanceof FormatError)) throw cause;
    throw new ArchiveError('METADATA_INVALID', `The table of metadata cannot be read: ${cause.message}.`, { cause });
  }
}

function ownColumn(heading: string): OwnColumn | undefined {
  const names = Object.keys(ownColumns) as OwnColumn[];
  return names.find((name) => (ownColumns[name] as readonly string[]).includes(plain(heading)));
}

function fieldOf(profile: Profile, heading: string): ProfileField | undefined {
  const byName = profile.fields.find(({ name }) => plain(name) === plain(heading));
  return (
    byName ??
    profile.fields.find(({ title }) => languages.some((language) => plain(title[language]) === plain(heading)))
  );
}

/** As the profile wants it: days, amounts and choices also as people here write them. */
function enteredValue(field: ProfileField, cell: string): string | number {
  if (field.kind === 'number' && /^-?\d{1,12}$/.test(cell)) return Number(cell);
  if (field.kind === 'date') {
    const [, day = '', month = '', year] = /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{4})\.?$/.exec(cell) ?? [];
    return year ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : cell;
  }
  if (field.kind === 'amount' && /^-?\d{1,3}(\.?\d{3})*,\d{1,2}$/.test(cell))
    return cell.replaceAll('.', '').replace(',', '.');
  if (field.kind !== 'choice' || field.choices?.includes(cell)) return cell;
  const called = (choice: string) => {
    const title = field.choiceTitles?.[choice];
    return title !== undefined && languages.some((language) => plain(title[language]) === plain(cell));
  };
  return field.choices?.find((choice) => plain(choice) === plain(cell) || called(choice)) ?? cell;
}

function find<Row extends { readonly path: string }>(rows: readonly Row[], path: string): Row | undefined {
  const wanted = normal(path);
  const exact = rows.find((row) => row.path === wanted);
  if (exact) return exact;
  const alike = rows.filter((row) => row.path === nameOf(wanted) || nameOf(row.path) === wanted);
  return alike.length === 1 ? alike[0] : undefined;
}

const plain = (text: string) => text.normalize('NFC').trim().toLowerCase();
const normal = (path: string) =>
  path
    .normalize('NFC')
    .replaceAll('\\', '/')
    .replace(/^(\.?\/)+/, '');
const nameOf = (path: string) => path.split('/').at(-1) ?? path;

function present(said: Readonly<Record<string, string | undefined>>): OfferedMetadata {
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
}
