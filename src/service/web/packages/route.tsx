import { ArchiveError } from '../../../base/index.ts';
import { logFailure, problemOf, readForm, readOn, validateSentPackage } from '../../http/index.ts';
import { answerWith } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { PackagePage } from './page.tsx';
import { ValidationPage } from './validation-page.tsx';

/** Judging packages that someone made. */
export const packagePages: readonly PageRoute[] = [
  { method: 'get', path: '/packages', action: 'package.validate', answer: show },
  { method: 'post', path: '/packages', action: 'package.validate', answer: validate },
];

function show({ ctx, view }: PageRequest): void {
  answerWith(ctx, <PackagePage view={view} />);
}

async function validate({ ctx, service, view }: PageRequest): Promise<void> {
  const form = readForm(ctx.req);
  try {
    const validation = await validateSentPackage(service, form);
    answerWith(ctx, <ValidationPage view={view} validation={validation} />);
  } catch (error) {
    if (!(error instanceof ArchiveError) || error.code === 'SUBMISSION_INCOMPLETE') throw error;
    const { code, status } = problemOf(error, ctx.state.requestId);
    logFailure(service, ctx.state.requestId, error);
    answerWith(ctx, <PackagePage view={view} problem={view.t.problem(code)} />, status);
    readOn(ctx);
  }
}
