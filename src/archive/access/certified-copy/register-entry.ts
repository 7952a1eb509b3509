import type { RegisteredCopy } from '../../data-management/index.ts';
import type { CopyStatement } from './copy-statement.ts';
import type { CopyPages } from './issued-copy.ts';
import type { PersonSignature } from './person-signature.ts';

/** What the register has of a copy beside what the copy states (CC-03). */
export interface RegisterEntry {
  readonly statement: CopyStatement;
  readonly form?: 'electronic';
  /** Pages of the certificate, and of the originals that have pages. */
  readonly pages?: CopyPages;
  /** The day on which it was asked for. */
  readonly requestedOn?: string;
  readonly legalInterest?: string;
  readonly fee?: string;
  readonly channel?: string;
  readonly personSignature?: PersonSignature;
}

/** What the store's object of a copy tells; undefined where a rebuild could not read it. */
export function registerEntryOf({ register }: RegisteredCopy): RegisterEntry | undefined {
  return register === '' ? undefined : JSON.parse(register);
}
