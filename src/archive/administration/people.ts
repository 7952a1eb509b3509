import { ArchiveError, utcSeconds, uuidV7 } from '../../base/index.ts';
import {
  applyEntries,
  countPeopleWith,
  findPerson,
  findPersonByName,
  type NewJournalEntry,
  type Person,
  setDisplayName,
} from '../data-management/index.ts';
import { commitToJournal, type Holdings, storeReader } from '../packaging/index.ts';
import { type Actor, authorize, type Role, requireWithinOwnPowers, roles } from './authorize.ts';

/** What is asked of a name to sign in with, once it is in its kept form. */
const signInNamePattern = /^[\p{L}\p{N}][\p{L}\p{N}._@+-]{1,63}$/u;

/** The form in which a name to sign in with is kept and compared (RFC 8265 3.3, case-mapped and normalised). */
export function keptSignInName(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase().normalize('NFC');
}

/** A person to be. */
export interface NewPerson {
  readonly signInName: string;
  readonly displayName: string;
  readonly roles: readonly Role[];
}

/**
 * Opens an account. It has no password: a link that works once lets its person set one.
 * @throws ArchiveError NOT_AUTHORIZED | REQUEST_MALFORMED | STATE_CONFLICT for a name that is, or was, someone's
 */
export async function addPerson(holdings: Holdings, actor: Actor, wanted: NewPerson): Promise<Person> {
  authorize(actor, 'person.change');
  requireWithinOwnPowers(actor, wanted.roles);
  return enterPerson(holdings, actor.name, wanted);
}

/** The same for the operator at the machine itself, who makes the first administrator. */
export async function enterPerson(holdings: Holdings, by: string, wanted: NewPerson): Promise<Person> {
  const signInName = keptSignInName(wanted.signInName);
  const displayName = wanted.displayName.normalize('NFC').trim();
  if (!signInNamePattern.test(signInName))
    throw new ArchiveError(
      'REQUEST_MALFORMED',
      'A name to sign in with has 2 to 64 letters, digits and . _ @ + -, and begins with a letter or digit.',
    );
  if (displayName === '' || displayName.length > 200 || /\p{Cc}/u.test(displayName))
    throw new ArchiveError('REQUEST_MALFORMED', 'Give the name of the person, up to 200 characters.');
  const id = `urn:uuid:${uuidV7(holdings.clock, holdings.random)}`;
  const institution = holdings.institution.id;
  await commitToJournal(holdings, {
    entries: async (transaction) => {
      if (await findPersonByName(transaction, institution, signInName))
        throw new ArchiveError('STATE_CONFLICT', 'Someone has, or had, that name to sign in with. Choose another.');
      const entry = { ...about(holdings, id, by), type: 'person.added' as const, detail: { signInName } };
      return [entry, ...unique(wanted.roles).map((role) => roleEntry(holdings, id, by, 'role.granted', role))];
    },
    project: async (transaction, entries) => {
      await applyEntries(transaction, entries, storeReader(holdings), []);
      await setDisplayName(transaction, id, displayName);
    },
  });
  return found(await findPerson(holdings.catalog, institution, id));
}

/**
 * Gives a person these roles and no others. Nobody changes their own, and the last administrator stays one.
 * @throws ArchiveError NOT_AUTHORIZED | PERSON_UNKNOWN | STATE_CONFLICT
 */
export async function changeRoles(
  holdings: Holdings,
  actor: Actor,
  id: string,
  wanted: readonly Role[],
): Promise<void> {
  await changePerson(holdings, actor, id, async (person, transaction) => {
    const granted = unique(wanted).filter((role) => !person.roles.includes(role));
    const revoked = person.roles.filter((role) => !wanted.includes(role as Role)) as Role[];
    requireWithinOwnPowers(actor, [...granted, ...revoked]);
    if (revoked.includes('administrator')) await requireAnotherAdministrator(transaction, person);
    return [
      ...granted.map((role) => roleEntry(holdings, id, actor.name, 'role.granted', role)),
      ...revoked.map((role) => roleEntry(holdings, id, actor.name, 'role.revoked', role)),
    ];
  });
}

/**
 * Closes an account for good: its sessions, password, keys and roles end; its name stays taken.
 * @throws ArchiveError NOT_AUTHORIZED | PERSON_UNKNOWN | STATE_CONFLICT
 */
export async function closeAccount(holdings: Holdings, actor: Actor, id: string): Promise<void> {
  await changePerson(holdings, actor, id, async (person, transaction) => {
    requireWithinOwnPowers(actor, person.roles as Role[]);
    if (person.roles.includes('administrator')) await requireAnotherAdministrator(transaction, person);
    return [{ ...about(holdings, id, actor.name), type: 'person.closed', detail: {} }];
  });
}

/** Whether nobody can administer the archive by signing in. */
export async function lacksAdministrator({ catalog, institution }: Holdings): Promise<boolean> {
  return (await countPeopleWith(catalog, institution.id, 'administrator')) === 0;
}

/** A person of the actor's institution. @throws ArchiveError PERSON_UNKNOWN */
export async function personOf(holdings: Holdings, actor: Actor, id: string): Promise<Person> {
  return found(await findPerson(holdings.catalog, actor.institution, id));
}

type Transaction = Parameters<Parameters<typeof commitToJournal>[1]['entries']>[0];

async function changePerson(
  holdings: Holdings,
  actor: Actor,
  id: string,
  plan: (person: Person, transaction: Transaction) => Promise<NewJournalEntry[]>,
): Promise<void> {
  authorize(actor, 'person.change');
  if (actor.person === id)
    throw new ArchiveError('NOT_AUTHORIZED', 'Nobody changes their own roles or account. Ask another administrator.');
  await commitToJournal(holdings, {
    entries: async (transaction) => {
      const person = found(await findPerson(transaction, actor.institution, id));
      if (person.state !== 'active') throw new ArchiveError('STATE_CONFLICT', 'This account is closed.');
      return plan(person, transaction);
    },
    project: (transaction, entries) => applyEntries(transaction, entries, storeReader(holdings), []),
  });
}

async function requireAnotherAdministrator(transaction: Transaction, { institution }: Person): Promise<void> {
  if ((await countPeopleWith(transaction, institution, 'administrator')) < 2)
    throw new ArchiveError('STATE_CONFLICT', 'This is the last administrator. Make another one first.');
}

function roleEntry(
  holdings: Holdings,
  id: string,
  by: string,
  type: 'role.granted' | 'role.revoked',
  role: Role,
): NewJournalEntry {
  if (!roles.includes(role)) throw new ArchiveError('REQUEST_MALFORMED', `There is no role “${role}”.`);
  return { ...about(holdings, id, by), type, detail: { role } };
}

function about({ clock, institution }: Holdings, subject: string, actor: string) {
  return { time: utcSeconds(clock()), institution: institution.id, subject, actor };
}

function unique(wanted: readonly Role[]): Role[] {
  return [...new Set(wanted)];
}

function found(person: Person | undefined): Person {
  if (!person) throw new ArchiveError('PERSON_UNKNOWN', 'There is no such person.');
  return person;
}
