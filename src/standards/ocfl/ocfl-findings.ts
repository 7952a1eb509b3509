/** One thing that is not as the specification has it: E-codes break it, W-codes go against its advice. */
export interface OcflFinding {
  /** A code of the OCFL 1.1 validation codes, `E001` to `E112` or `W001` to `W016`. */
  readonly code: string;
  /** The file, folder or key it is about, from the object's or the storage root's folder; empty for the root itself. */
  readonly place: string;
  /** A sentence for people, in English. */
  readonly message: string;
}

/** Takes a finding. */
export type Report = (code: string, place: string, message: string) => void;

const mostFindings = 1000;

/** A list of findings that stops growing: after a thousand faults of one object the next one teaches nothing. */
export function findingList(): { readonly findings: OcflFinding[]; readonly report: Report } {
  const findings: OcflFinding[] = [];
  const report: Report = (code, place, message) => {
    if (findings.length < mostFindings) findings.push({ code, place: shown(place), message: shown(message) });
  };
  return { findings, report };
}

/** Tells whether the finding breaks the specification. */
export function isError({ code }: OcflFinding): boolean {
  return code.startsWith('E');
}

/** What strangers wrote is shown shortened. */
function shown(text: string): string {
  return text.length > 500 ? `${text.slice(0, 500)}…` : text;
}
