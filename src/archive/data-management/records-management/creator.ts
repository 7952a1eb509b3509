import type { Connection } from '../catalog.ts';

/** Acts that a creator must have on file; a closed list (ZAG 14, UTT 5 point 1, U86 2, PPEC 2). */
export const ruleKinds = ['office', 'categories', 'electronic', 'preservation'] as const;

/** One of the acts. `preservation`: the internal rules of preparing for and keeping in reliable electronic preservation. */
export type RuleKind = (typeof ruleKinds)[number];

/** What is entered of a creator (stvaralac): UTT 5 point 5, and what ZAG 9 adds. */
export interface CreatorFacts {
  readonly name: string;
  readonly kind: 'legal-person' | 'entrepreneur' | 'natural-person';
  /** `public`: destruction needs the competent archive's written approval (ZAG 16); a company's does by its own rules only. */
  readonly regime: 'public' | 'private';
  /** Matični broj of a legal person or entrepreneur. */
  readonly registrationNumber?: string;
  /** JMBG of a natural person. */
  readonly personalNumber?: string;
  /** PIB. */
  readonly taxNumber?: string;
  /** JBKJS. */
  readonly publicFundsNumber?: string;
  readonly seat: string;
  readonly units?: readonly { readonly mark?: string; readonly name: string }[];
  readonly authorisedPersons: readonly { readonly name: string; readonly capacity?: string }[];
  /** Odgovorno stručno lice (ZAG 9(2)), with the decision that named them. */
  readonly responsiblePerson?: {
    readonly name: string;
    readonly decisionNumber: string;
    readonly decisionDate: string;
  };
  readonly competentArchive: string;
  readonly email?: string;
  readonly rules?: readonly {
    readonly kind: RuleKind;
    readonly title: string;
    readonly number: string;
    readonly date: string;
  }[];
  /** Whether a private creator's own rules ask for the archive's approval of destruction. */
  readonly approvalByOwnRules?: boolean;
}

/** A creator as the catalog keeps it. */
export interface Creator {
  readonly id: string;
  readonly institution: string;
  readonly version: number;
  readonly facts: CreatorFacts;
  readonly enteredAt: string;
}

/** Writes a creator in the place of what was known of it. */
export async function putCreator(connection: Connection, creator: Creator): Promise<void> {
  const { id, institution, version, facts, enteredAt } = creator;
  await connection('creators')
    .insert({ id, institution_id: institution, version, facts: JSON.stringify(facts), entered_at: enteredAt })
    .onConflict('id')
    .merge();
}

/** The institution's creators, oldest first. */
export async function listCreators(connection: Connection, institution: string): Promise<Creator[]> {
  const rows = await connection('creators').where({ institution_id: institution }).orderBy('id');
  return rows.map(fromRow);
}

/** A creator by its id. */
export async function findCreator(
  connection: Connection,
  institution: string,
  id: string,
): Promise<Creator | undefined> {
  const row = await connection('creators').where({ institution_id: institution, id }).first();
  return row && fromRow(row);
}

/** Whether the archive's written approval is a condition of destruction. */
export function needsApproval({ regime, approvalByOwnRules }: CreatorFacts): boolean {
  return regime === 'public' || approvalByOwnRules === true;
}

function fromRow(row: Record<string, string>): Creator {
  return {
    id: String(row.id),
    institution: String(row.institution_id),
    version: Number(row.version),
    facts: JSON.parse(String(row.facts)),
    enteredAt: String(row.entered_at),
  };
}
