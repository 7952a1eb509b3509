import { type CheckProps, SendingPage } from './sending-page.tsx';

/** Send a document to have its signatures checked. */
export function SignaturesPage(props: CheckProps) {
  const { say } = props.view.t;
  return (
    <SendingPage
      {...props}
      kind="signatures"
      action="/check"
      title={say('check.title')}
      lead={say('check.lead')}
      files={{ title: say('check.files'), choose: say('check.choose'), hint: say('check.hint') }}
      submit={say('check.submit')}
    />
  );
}
