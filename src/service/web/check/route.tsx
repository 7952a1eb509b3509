import type { VNode } from 'preact';
import { ArchiveError } from '../../../base/index.ts';
import {
  logFailure,
  problemOf,
  readForm,
  readOn,
  type Service,
  validateSentFiles,
  validateSentPackage,
} from '../../http/index.ts';
import { answerWith } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { PackagePage } from './package-page.tsx';
import { PackageVerdictPage } from './package-verdict-page.tsx';
import type { CheckProps } from './sending-page.tsx';
import { SignaturesPage } from './signatures-page.tsx';
import { SignaturesVerdictPage } from './signatures-verdict-page.tsx';

type Form = ReturnType<typeof readForm>;

/** Checking signatures and packages without handing anything over. */
export const checkPages: readonly PageRoute[] = [
  {
    method: 'get',
    path: '/check',
    action: 'signature.validate',
    answer: ({ ctx, view }) => answerWith(ctx, <SignaturesPage view={view} />),
  },
  {
    method: 'post',
    path: '/check',
    action: 'signature.validate',
    answer: (request) =>
      judge(request, SignaturesPage, async (service, form) => (
        <SignaturesVerdictPage view={request.view} documents={await validateSentFiles(service, form)} />
      )),
  },
  {
    method: 'get',
    path: '/packages',
    action: 'package.validate',
    answer: ({ ctx, view }) => answerWith(ctx, <PackagePage view={view} />),
  },
  {
    method: 'post',
    path: '/packages',
    action: 'package.validate',
    answer: (request) =>
      judge(request, PackagePage, async (service, form) => (
        <PackageVerdictPage view={request.view} validation={await validateSentPackage(service, form)} />
      )),
  },
];

/** Answers with the verdict, or with the page again and why there is none. */
async function judge(
  { ctx, service, view }: PageRequest,
  Again: (props: CheckProps) => VNode,
  verdict: (service: Service, form: Form) => Promise<VNode>,
): Promise<void> {
  try {
    answerWith(ctx, await verdict(service, readForm(ctx.req)));
  } catch (error) {
    if (!(error instanceof ArchiveError) || error.code === 'SUBMISSION_INCOMPLETE') throw error;
    const { code, status } = problemOf(error, ctx.state.requestId);
    logFailure(service, ctx.state.requestId, error);
    answerWith(ctx, <Again view={view} problem={view.t.problem(code)} />, status);
    readOn(ctx);
  }
}
