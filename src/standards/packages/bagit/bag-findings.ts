import type { RequirementLevel } from '../e-ark/rule-tables.ts';

/** What is judged of a bag; the number is the section of RFC 8493 that asks for it. */
export const bagRequirements = {
  'BAGIT-2.1.1': 'Bag declaration',
  'BAGIT-2.1.2': 'Payload directory',
  'BAGIT-2.1.3': 'Payload manifest',
  'BAGIT-2.2.1': 'Tag manifest',
  'BAGIT-2.2.2': 'Bag metadata',
  'BAGIT-2.2.3': 'Fetch file',
  'BAGIT-2.3': 'Text tag file format',
  'BAGIT-2.4': 'Bag checksum algorithms',
  'BAGIT-3-COMPLETE': 'Every listed file is there and every payload file is listed',
  'BAGIT-3-VALID': 'Every checksum is that of its file',
  'BAGIT-5.1': 'Special directory characters',
  'BAGIT-6.1.1': 'Filename normalization',
  'BAGIT-6.1.3': 'Legacy checksum tools',
} as const;

/** One of the requirements. */
export type BagRequirementId = keyof typeof bagRequirements;

/** A requirement that is not met, in the same shape as those of E-ARK. */
export interface BagFinding {
  readonly id: BagRequirementId;
  readonly level: RequirementLevel;
  readonly requirement: string;
  /** A sentence for people, in English. */
  readonly message: string;
  /** A file of the bag, or '' for the bag as a whole. */
  readonly place: string;
}

/** Reports a requirement as not met. */
export type ReportBagFault = (id: BagRequirementId, level: RequirementLevel, place: string, message: string) => void;

const mostFindings = 10_000;
const longestText = 400;

/** Collects findings: after ten thousand only the first of an id is taken. */
export function bagFindings(): { findings: BagFinding[]; report: ReportBagFault } {
  const findings: BagFinding[] = [];
  const ids = new Set<string>();
  const report: ReportBagFault = (id, level, place, message) => {
    if (findings.length >= mostFindings && ids.has(`${id} ${level}`)) return;
    ids.add(`${id} ${level}`);
    findings.push({
      id,
      level,
      requirement: bagRequirements[id],
      message: shortened(message),
      place: shortened(place),
    });
  };
  return { findings, report };
}

function shortened(text: string): string {
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}
