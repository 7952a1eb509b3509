import { ArchiveError, type ArchiveErrorCode } from '../../base/index.ts';
import type { Profile } from '../profiles/index.ts';
import type { AcceptedFinding, DecisionsMade } from './decisions-made.ts';

/** Steps that another person than the submitter takes (U86-03). */
export const fourEyes: readonly string[] = ['SECOND_CHECK_NEEDED', 'APPROVAL_NEEDED', 'COMPARISON_NEEDED'];

/** What asks for people: the profile, and documents that a PDF/A was made of. */
export interface Asking {
  readonly profile: Profile;
  readonly renditions: number;
}

/** What a person is asked for by the profile, in this order, and how the package tells of it. */
export const peopleAsked: readonly {
  readonly code: ArchiveErrorCode;
  readonly isAsked: (asking: Asking) => boolean;
  readonly sentence: string;
  readonly detail: string;
}[] = [
  {
    code: 'COMPARISON_NEEDED',
    isAsked: ({ renditions }) => renditions > 0,
    sentence:
      'A PDF/A stands beside an office document now. Another person compares both and accepts; if they differ, return it and send it with a better PDF/A.',
    detail: 'second person’s comparison of PDF/A and source',
  },
  {
    code: 'CONFIRMATION_NEEDED',
    isAsked: ({ profile }) => profile.confirmation === 'person',
    sentence: 'A person confirms fidelity and metadata first. Look at them and accept.',
    detail: 'fidelity and metadata confirmed by a person',
  },
  {
    code: 'SECOND_CHECK_NEEDED',
    isAsked: ({ profile }) => profile.secondCheck === true,
    sentence: 'Another person than the one who handed it over has to check it. Compare, then accept or return it.',
    detail: 'second person’s check',
  },
  {
    code: 'APPROVAL_NEEDED',
    isAsked: ({ profile }) => profile.approval === true,
    sentence: 'An authorised person has to approve of it.',
    detail: 'approved by an authorised person',
  },
];

/** The decisions that the package tells of; most profiles ask nobody. */
export async function stepsTaken(asking: Asking, decisions: DecisionsMade): Promise<readonly AcceptedFinding[]> {
  const codes: readonly string[] = peopleAsked.filter(({ isAsked }) => isAsked(asking)).map(({ code }) => code);
  if (codes.length === 0) return [];
  return (await decisions.all()).filter(({ code }) => codes.includes(code));
}

/** The first step of the profile that no person has taken yet. */
export async function nextPersonAsked(asking: Asking, decisions: DecisionsMade): Promise<ArchiveError | undefined> {
  for (const { code, isAsked, sentence } of peopleAsked)
    if (isAsked(asking) && !(await decisions.acceptanceOf(code))) return new ArchiveError(code, sentence);
  return undefined;
}
