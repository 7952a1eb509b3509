import { ArchiveError, type ArchiveErrorCode } from '../../base/index.ts';
import type { Profile } from '../profiles/index.ts';
import type { AcceptedFinding, DecisionsMade } from './decisions-made.ts';

/** Steps that another person than the submitter takes (U86-03). */
export const fourEyes: readonly string[] = ['SECOND_CHECK_NEEDED', 'APPROVAL_NEEDED', 'COMPARISON_NEEDED'];

/** What a person is asked for by the profile, in this order, and how the package tells of it. */
export const peopleAsked: readonly {
  readonly code: ArchiveErrorCode;
  readonly isAsked: (profile: Profile) => boolean;
  readonly sentence: string;
  readonly detail: string;
}[] = [
  {
    code: 'CONFIRMATION_NEEDED',
    isAsked: ({ confirmation }) => confirmation === 'person',
    sentence: 'A person confirms fidelity and metadata first. Look at them and accept.',
    detail: 'fidelity and metadata confirmed by a person',
  },
  {
    code: 'SECOND_CHECK_NEEDED',
    isAsked: ({ secondCheck }) => secondCheck === true,
    sentence: 'Another person than the one who handed it over has to check it. Compare, then accept or return it.',
    detail: 'second person’s check',
  },
  {
    code: 'APPROVAL_NEEDED',
    isAsked: ({ approval }) => approval === true,
    sentence: 'An authorised person has to approve of it.',
    detail: 'approved by an authorised person',
  },
];

/** The decisions that the package tells of; most profiles ask nobody. */
export async function stepsTaken(profile: Profile, decisions: DecisionsMade): Promise<readonly AcceptedFinding[]> {
  const codes: readonly string[] = peopleAsked.filter(({ isAsked }) => isAsked(profile)).map(({ code }) => code);
  if (codes.length === 0) return [];
  return (await decisions.all()).filter(({ code }) => codes.includes(code));
}

/** The first step of the profile that no person has taken yet. */
export async function nextPersonAsked(profile: Profile, decisions: DecisionsMade): Promise<ArchiveError | undefined> {
  for (const { code, isAsked, sentence } of peopleAsked)
    if (isAsked(profile) && !(await decisions.acceptanceOf(code))) return new ArchiveError(code, sentence);
  return undefined;
}
