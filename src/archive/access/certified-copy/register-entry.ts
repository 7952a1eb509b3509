import type { RegisteredCopy } from '../../data-management/index.ts';
import type { CopyStatement } from './copy-statement.ts';

/** What the register has of a copy beside what the copy states (CC-03). */
export interface RegisterEntry {
  readonly statement: CopyStatement;
  readonly legalInterest?: string;
  readonly fee?: string;
  readonly channel?: string;
}

/** What the store's object of a copy tells; undefined where a rebuild could not read it. */
export function registerEntryOf({ register }: RegisteredCopy): RegisterEntry | undefined {
  return register === '' ? undefined : JSON.parse(register);
}
