import type { AlternativeIdentifier, DublinCoreElement } from './record-description.ts';

/** What a producer's package says of its content in one place, in the terms of Dublin Core. */
export interface ProducerStatement {
  readonly element: DublinCoreElement;
  readonly value: string;
  /** BCP 47 or ISO 639, as it stands there. */
  readonly language?: string;
  /** Said of the package, not of what is in it. */
  readonly isOfPackage?: true;
  /** Where it stands: a file of the package and the label or element in it. */
  readonly from: string;
}

/** All that a package says of its content. */
export interface ProducerDescription {
  /** In the order in which they bind: what comes first is the title of the record. */
  readonly statements: readonly ProducerStatement[];
  readonly identifiers: readonly AlternativeIdentifier[];
}

const longestValue = 10_000;
const mostStatements = 1000;

/** What can be kept as a statement: no empty values, none twice, none beyond measure. */
export function soundStatements(statements: readonly ProducerStatement[]): ProducerStatement[] {
  const known = new Set<string>();
  const sound: ProducerStatement[] = [];
  for (const statement of statements) {
    const value = statement.value.replace(/\s+/g, ' ').trim();
    const key = `${statement.element} ${value}`;
    if (value === '' || value.length > longestValue || known.has(key) || sound.length >= mostStatements) continue;
    known.add(key);
    sound.push({ ...statement, value });
  }
  return sound;
}
