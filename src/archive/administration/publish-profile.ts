import { ArchiveError } from '../../base/index.ts';
import { type Connection, findCategory, listCreators, listInForce, serbianDay } from '../data-management/index.ts';
import { checkDefinition, nextVersion, type Profile, type ProfilesInUse, usualProfile } from '../profiles/index.ts';
import { type ActContext, commitAct, newActId } from './acts.ts';

/** What profiles are published with. */
export interface ProfileContext extends ActContext {
  readonly profiles: ProfilesInUse;
}

/** A definition that is to be published. */
export interface NewProfile {
  /** Checked here, whoever it comes from. */
  readonly definition: unknown;
  readonly actor: string;
  /** The version that whoever edits it saw; empty for a profile that is new. Not compared when left out. */
  readonly basedOn?: string;
}

/**
 * Publishes the next version of a profile. Earlier versions stay as they are, and the records that came under them; the
 * definition is an act in the store, bound by a journal entry, durable before this returns.
 * @throws ArchiveError METADATA_INVALID with a place for each fault; CATEGORY_UNKNOWN; STATE_CONFLICT when somebody else
 *   published meanwhile
 */
export async function publishProfile(context: ProfileContext, request: NewProfile): Promise<Profile> {
  const { profiles, institution } = context;
  const definition = checkDefinition(request.definition, (name) => Object.hasOwn(profiles.shipped.shared, name));
  const object = newActId(context, 'profile');
  const entry = await commitAct(context, request.actor, async (transaction) => {
    const now = await profiles.current(transaction);
    requireUnchanged(now.offered.find(({ id }) => id === definition.id)?.version ?? '', request.basedOn);
    await requireCategory(context, transaction, institution.id, definition.category);
    return {
      type: 'profile.published',
      subject: definition.id,
      detail: { version: nextVersion(now, profiles.shipped, definition.id) },
      act: { id: object, content: definition },
    };
  });
  return (await profiles.current()).find(definition.id, String(entry.detail.version));
}

/**
 * Withdraws a profile: no new records come under it; those there are keep it. Publishing a version offers it again.
 * @throws ArchiveError PROFILE_UNKNOWN; STATE_CONFLICT for the profile that records get when none is named
 */
export async function withdrawProfile(
  context: ProfileContext,
  { id, reason, actor }: { readonly id: string; readonly reason: string; readonly actor: string },
): Promise<void> {
  if (id === usualProfile)
    throw new ArchiveError(
      'STATE_CONFLICT',
      `“${usualProfile}” is what records get when no profile is named. Publish another version of it.`,
    );
  if (reason.trim() === '')
    throw new ArchiveError('METADATA_INVALID', 'Say why it is withdrawn.', {
      places: [{ pointer: '/reason', detail: 'is missing' }],
    });
  await commitAct(context, actor, async (transaction) => {
    (await context.profiles.current(transaction)).find(id);
    return { type: 'profile.withdrawn', subject: id, detail: { reason } };
  });
}

function requireUnchanged(version: string, basedOn: string | undefined): void {
  if (basedOn === undefined || basedOn === version) return;
  throw new ArchiveError(
    'STATE_CONFLICT',
    version === ''
      ? 'There is no such profile any more. Look at it again.'
      : `The profile is at version ${version} meanwhile. Look at it again.`,
  );
}

/** A category that is in no list would make every record of the profile refused. @throws ArchiveError CATEGORY_UNKNOWN */
async function requireCategory(
  { clock }: ProfileContext,
  connection: Connection,
  institution: string,
  category: string | undefined,
): Promise<void> {
  if (category === undefined) return;
  const day = serbianDay(clock());
  let lists = 0;
  for (const { id } of await listCreators(connection, institution)) {
    const list = await listInForce(connection, id, day);
    if (!list) continue;
    lists += 1;
    if (await findCategory(connection, list.id, category)) return;
  }
  if (lists > 0)
    throw new ArchiveError('CATEGORY_UNKNOWN', `“${category}” is not in the list of categories in force.`, {
      places: [{ pointer: '/category', detail: 'is not in the list of categories in force' }],
    });
}
