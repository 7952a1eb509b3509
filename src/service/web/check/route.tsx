import { ArchiveError } from '../../../base/index.ts';
import { logFailure, problemOf, readForm, readOn, validateSentFiles } from '../../http/index.ts';
import { answerWith } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { CheckPage } from './page.tsx';
import { VerdictPage } from './verdict-page.tsx';

/** Checking signatures without handing anything over. */
export const checkPages: readonly PageRoute[] = [
  { method: 'get', path: '/check', action: 'signature.validate', answer: show },
  { method: 'post', path: '/check', action: 'signature.validate', answer: validate },
];

function show({ ctx, view }: PageRequest): void {
  answerWith(ctx, <CheckPage view={view} />);
}

async function validate({ ctx, service, view }: PageRequest): Promise<void> {
  const form = readForm(ctx.req);
  try {
    answerWith(ctx, <VerdictPage view={view} documents={await validateSentFiles(service, form)} />);
  } catch (error) {
    if (!(error instanceof ArchiveError) || error.code === 'SUBMISSION_INCOMPLETE') throw error;
    const { code, status } = problemOf(error, ctx.state.requestId);
    logFailure(service, ctx.state.requestId, error);
    answerWith(ctx, <CheckPage view={view} problem={view.t.problem(code)} />, status);
    readOn(ctx);
  }
}
