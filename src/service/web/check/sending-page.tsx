import type { ComponentChildren } from 'preact';
import { Layout } from '../layout.tsx';
import type { PageView } from '../page-view.ts';
import { FileChoice, Refusal, Sending } from '../upload/page.tsx';
import { CheckKinds, type KindOfCheck } from './kinds.tsx';

/** What both pages of this room are asked for. */
export interface CheckProps {
  readonly view: PageView;
  /** Why the last attempt came to nothing. */
  readonly problem?: string;
}

interface SendingProps extends CheckProps {
  readonly kind: KindOfCheck;
  readonly action: string;
  readonly title: string;
  readonly lead: string;
  /** What is chosen, how, and a hint. */
  readonly files: { readonly title: string; readonly choose: string; readonly hint: string };
  readonly submit: string;
  /** Further settings, below the files. */
  readonly children?: ComponentChildren;
}

/** Send something to have it checked. */
export function SendingPage(props: SendingProps) {
  const { view, kind, action, title, lead, files, submit, problem, children } = props;
  return (
    <Layout view={view} title={title} part="check" scripts={['upload.js']}>
      <CheckKinds t={view.t} kind={kind} />
      <h1>{title}</h1>
      <p class="lead">{lead}</p>
      <Refusal problem={problem} />
      <form id="upload" method="post" action={action} encType="multipart/form-data" class="upload">
        <section aria-labelledby="files-title">
          <h2 id="files-title">{files.title}</h2>
          <FileChoice view={view} choose={files.choose} hint={files.hint} />
        </section>
        {children}
        <Sending view={view} submit={submit} />
      </form>
    </Layout>
  );
}
