import { listEntries } from '../data-management/index.ts';
import type { IngestContext, IntakeFacts } from './submission.ts';

/** What a person took upon themselves: to keep a record although this was found, or to have checked it. */
export interface AcceptedFinding {
  /** The code of what was accepted. */
  readonly code: string;
  readonly actor: string;
  readonly time: string;
  readonly reason: string;
}

/** Decisions on one submission, read from the journal when first asked for: most records need none. */
export interface DecisionsMade {
  /** The newest acceptance of this finding. */
  acceptanceOf(code: string): Promise<AcceptedFinding | undefined>;
  /** All acceptances, oldest first. */
  all(): Promise<readonly AcceptedFinding[]>;
}

const most = 200;

/** What people decided of a submission until now, as the journal has it. */
export function decisionsMade(
  { catalog, institution }: IngestContext,
  submission: string,
  { accepted }: Pick<IntakeFacts, 'accepted'>,
): DecisionsMade {
  let read: Promise<AcceptedFinding[]> | undefined;
  const all = () => {
    read ??= listEntries(catalog, {
      institution: institution.id,
      subject: submission,
      type: 'record.decided',
      limit: most,
    }).then((entries) =>
      entries
        .filter(({ detail }) => detail.decision === 'accept')
        .map(({ detail, actor, time }) => ({
          code: String(detail.code ?? accepted ?? ''),
          actor,
          time,
          reason: String(detail.reason),
        }))
        .reverse(),
    );
    return read;
  };
  return { all, acceptanceOf: async (code) => (await all()).findLast((finding) => finding.code === code) };
}
