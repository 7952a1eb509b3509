import type { Connection } from '../catalog.ts';

/** An answer to somebody who asked that their data be erased (GDP-01 and 03). */
export interface ErasureAnswer {
  readonly id: string;
  readonly institution: string;
  readonly answeredAt: string;
  readonly answeredBy: string;
  readonly facts: ErasureFacts;
}

/** What was asked for and what was answered, record by record. */
export interface ErasureFacts {
  readonly requester: string;
  readonly receivedOn: string;
  readonly reason: string;
  readonly records: readonly {
    readonly id: string;
    readonly number: string;
    /** `refused` until a day, or for good; `accepted`: its period has ended, a disposal can be proposed. */
    readonly answer: 'refused' | 'accepted';
    readonly until?: string;
    readonly because: 'permanent' | 'period' | 'hold' | 'disposal' | 'no-period' | 'expired';
    readonly purpose?: string;
    readonly legalBasis?: string;
  }[];
}

export async function putErasureAnswer(connection: Connection, answer: ErasureAnswer): Promise<void> {
  const { id, institution, answeredAt, answeredBy, facts } = answer;
  await connection('erasure_answers')
    .insert({
      ...{ id, institution_id: institution, answered_at: answeredAt, answered_by: answeredBy },
      facts: JSON.stringify(facts),
    })
    .onConflict('id')
    .merge();
}

/** Answers, newest first. */
export async function listErasureAnswers(connection: Connection, institution: string): Promise<ErasureAnswer[]> {
  const rows = await connection('erasure_answers')
    .where({ institution_id: institution })
    .orderBy('answered_at', 'desc')
    .limit(500);
  return rows.map((row) => ({
    id: row.id,
    institution: row.institution_id,
    answeredAt: row.answered_at,
    answeredBy: row.answered_by,
    facts: JSON.parse(row.facts),
  }));
}
