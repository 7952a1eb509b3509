import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkDefinition } from './check-definition.ts';
import { makeProfile, type SharedFields } from './make-profile.ts';
import type { Profile } from './profile.ts';
import { type Profiles, profilesOf, usualProfile } from './profiles.ts';

/** The profiles that come with the product, and the fields that all may share. */
export interface ShippedProfiles extends Profiles {
  readonly shared: SharedFields;
}

/**
 * Reads the profiles of a folder, once: each `*.json` is a version of a profile, `fields.json` the fields they share.
 * @throws Error when a file is not what it must be: an archive does not start with half its rules
 */
export async function readProfiles(folder: string): Promise<ShippedProfiles> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const files = await Promise.all(
    names.map(async (name) => ({ name, content: parsed(name, await readFile(join(folder, name), 'utf8')) })),
  );
  const shared = (files.find(({ name }) => name === 'fields.json')?.content.$defs ?? {}) as SharedFields;
  const all = files
    .filter(({ name }) => name !== 'fields.json')
    .map(({ name, content }) => shippedProfile(name, content, shared));
  if (!all.some(({ id }) => id === usualProfile)) throw new Error(`${folder} has no profile “${usualProfile}”`);
  return { ...profilesOf(all), shared };
}

function shippedProfile(name: string, content: Readonly<Record<string, unknown>>, shared: SharedFields): Profile {
  const { version, ...definition } = content;
  if (typeof version !== 'string' || !/^[1-9][0-9]*$/.test(version))
    throw new Error(`profile ${name} has no version such as “1”`);
  try {
    const checked = checkDefinition(definition, (field) => Object.hasOwn(shared, field));
    return makeProfile(checked, { version, origin: 'shipped' }, shared);
  } catch (cause) {
    throw new Error(`profile ${name}: ${(cause as Error).message}`, { cause });
  }
}

function parsed(name: string, text: string): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`profile ${name} is not JSON`, { cause });
  }
}
