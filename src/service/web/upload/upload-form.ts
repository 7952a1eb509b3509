import type { OfferedMetadata } from '../../../archive/ingest/index.ts';
import { missing, type Profile, type Profiles } from '../../../archive/profiles/index.ts';
import { ArchiveError } from '../../../base/index.ts';
import type { Speaker } from '../../messages/index.ts';
import type { FormState } from '../profile-fields.tsx';

type Fields = ReadonlyMap<string, string>;

/**
 * What the form says of the files. The fields may stand before or behind the files; `profile` is always among them.
 * @param options.incomplete a table says the rest, file by file
 * @throws ArchiveError METADATA_INVALID | PROFILE_UNKNOWN
 */
export function metadataOf(
  fields: Fields,
  profiles: Profiles,
  { incomplete = false }: { readonly incomplete?: boolean } = {},
): OfferedMetadata | undefined {
  const id = fields.get('profile');
  if (id === undefined) return undefined;
  const profile = profiles.find(id);
  const { title, ...said } = valuesOf(fields, profile);
  const entered = { ...said, ...(title === undefined ? {} : { title }) };
  const faults = profile.metadataFaults(entered).filter(({ detail }) => !incomplete || detail !== missing);
  if (faults.length > 0)
    throw new ArchiveError('METADATA_INVALID', 'Some fields are not as they should be.', { places: faults });
  const category = fields.get('category')?.trim();
  return {
    profile: profile.id,
    fields: said,
    ...(title === undefined ? {} : { title }),
    ...(category ? { category } : {}),
  };
}

/** The fields that were filled in. */
export function valuesOf(fields: Fields, profile: Profile): Record<string, string | number> & { title?: string } {
  const filled = profile.fields.flatMap(({ name, kind }) => {
    const value = fields.get(`field.${name}`)?.replace(/\r\n/g, '\n').trim();
    if (!value) return [];
    return [[name, kind === 'number' && /^-?\d{1,12}$/.test(value) ? Number(value) : value] as const];
  });
  return Object.fromEntries(filled) as Record<string, string | number> & { title?: string };
}

/** The form as it was sent, with what is wrong beside each field. */
export function formState(fields: Fields, error: unknown, t: Speaker): FormState {
  const values = new Map(
    [...fields].map(([name, value]) => [name.startsWith('field.') ? name.slice('field.'.length) : name, value]),
  );
  const places = error instanceof ArchiveError ? error.places : [];
  return { values, faults: new Map(places.map(({ pointer, detail }) => [pointer.slice(1), t.fault(detail)])) };
}

/** The faults of a table, in its own order: those whose place begins with a row. */
export function tableFaults({ faults }: FormState): { row: string; column: string; fault: string }[] {
  return [...faults].flatMap(([place, fault]) => {
    const [, row, column = ''] = /^(\d+)(?:\/(.*))?$/s.exec(place) ?? [];
    return row ? [{ row, column, fault }] : [];
  });
}
