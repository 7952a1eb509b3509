import type { Connection } from './catalog.ts';

/** Someone who signs in. `signInName` is what the journal calls them; the rest is the catalog's alone. */
export interface Person {
  readonly id: string;
  readonly institution: string;
  readonly signInName: string;
  readonly displayName: string;
  readonly state: 'active' | 'closed';
  readonly createdAt: string;
  /** In alphabetical order. */
  readonly roles: readonly string[];
}

export async function putPerson(connection: Connection, person: Omit<Person, 'roles'>): Promise<void> {
  await connection('people')
    .insert({
      id: person.id,
      institution_id: person.institution,
      sign_in_name: person.signInName,
      display_name: person.displayName,
      state: person.state,
      created_at: person.createdAt,
    })
    .onConflict('id')
    .ignore();
}

export async function setDisplayName(connection: Connection, id: string, displayName: string): Promise<void> {
  await connection('people').where({ id }).update({ display_name: displayName });
}

/** An account that is closed keeps its name, so that nobody else gets it, and nothing by which anyone could come in. */
export async function closePerson(connection: Connection, id: string): Promise<void> {
  await connection('people').where({ id }).update({ state: 'closed' });
  for (const table of ['person_roles', 'passwords', 'totp_secrets', 'recovery_codes', 'passkeys', 'identities'])
    await connection(table).where({ person_id: id }).delete();
  await connection('access_tokens').where({ person_id: id }).delete();
}

export async function putRole(connection: Connection, personId: string, role: string): Promise<void> {
  await connection('person_roles').insert({ person_id: personId, role }).onConflict(['person_id', 'role']).ignore();
}

export async function removeRole(connection: Connection, personId: string, role: string): Promise<void> {
  await connection('person_roles').where({ person_id: personId, role }).delete();
}

/** A person of this institution, by id. */
export async function findPerson(connection: Connection, institution: string, id: string): Promise<Person | undefined> {
  const [person] = await peopleWhere(connection, { institution_id: institution, id });
  return person;
}

/** A person of this institution, by the name they sign in with, in the form it is kept in. */
export async function findPersonByName(
  connection: Connection,
  institution: string,
  signInName: string,
): Promise<Person | undefined> {
  const [person] = await peopleWhere(connection, { institution_id: institution, sign_in_name: signInName });
  return person;
}

/** Everyone of an institution, by name. */
export async function listPeople(connection: Connection, institution: string): Promise<Person[]> {
  return peopleWhere(connection, { institution_id: institution });
}

/** How many active people have this role. */
export async function countPeopleWith(connection: Connection, institution: string, role: string): Promise<number> {
  const row = await connection('people')
    .join('person_roles', 'person_roles.person_id', 'people.id')
    .where({ 'people.institution_id': institution, 'people.state': 'active', 'person_roles.role': role })
    .count({ count: '*' })
    .first();
  return Number(row?.count ?? 0);
}

async function peopleWhere(connection: Connection, conditions: Record<string, string>): Promise<Person[]> {
  const rows: Record<string, string>[] = await connection('people').where(conditions).orderBy('sign_in_name');
  const roles: { person_id: string; role: string }[] = await connection('person_roles')
    .whereIn('person_id', connection('people').where(conditions).select<{ id: string }[]>('id'))
    .orderBy('role');
  return rows.map((row) => ({
    id: String(row.id),
    institution: String(row.institution_id),
    signInName: String(row.sign_in_name),
    displayName: String(row.display_name),
    state: row.state === 'active' ? 'active' : 'closed',
    createdAt: String(row.created_at),
    roles: roles.filter((each) => each.person_id === row.id).map(({ role }) => role),
  }));
}
