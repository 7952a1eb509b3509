import type { Connection } from './catalog.ts';

export interface Institution {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
}

export async function putInstitution(connection: Connection, { id, name, createdAt }: Institution): Promise<void> {
  await connection('institutions').insert({ id, name, created_at: createdAt }).onConflict('id').merge();
}
