/** Conclusion of one check; INDETERMINATE where something could not be read or is not there to decide by. */
export type CheckOutcome = 'PASSED' | 'INDETERMINATE' | 'FAILED';

/** The checks of a package, in their order. */
export type PackageCheckId =
  | 'mets'
  | 'folder-name'
  | 'files-present'
  | 'files-listed'
  | 'fixity'
  | 'premis'
  | 'sealed-record'
  | 'confirmation';

/** What one check found; one check may find several things. */
export interface PackageCheck {
  readonly id: PackageCheckId;
  readonly outcome: CheckOutcome;
  /** A sentence for people, in English. */
  readonly detail: string;
  /** The path of the file it is about. */
  readonly place?: string;
}

/** What all checks together say. */
export interface PackageVerification {
  readonly result: CheckOutcome;
  readonly checks: readonly PackageCheck[];
}

/** The findings of one check, or its one passing line when there are none. */
export function concluded(id: PackageCheckId, findings: readonly PackageCheck[], passed: string): PackageCheck[] {
  return findings.length === 0 ? [{ id, outcome: 'PASSED', detail: passed }] : [...findings];
}

/** A finding that fails the package. */
export function failed(id: PackageCheckId, detail: string, place?: string): PackageCheck {
  return { id, outcome: 'FAILED', detail, ...(place === undefined ? {} : { place }) };
}

/** The worst outcome of all. */
export function overall(checks: readonly PackageCheck[]): CheckOutcome {
  if (checks.some(({ outcome }) => outcome === 'FAILED')) return 'FAILED';
  return checks.some(({ outcome }) => outcome === 'INDETERMINATE') ? 'INDETERMINATE' : 'PASSED';
}
