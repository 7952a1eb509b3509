import { type CheckProps, SendingPage } from './sending-page.tsx';

/** Send a package to be judged. */
export function PackagePage(props: CheckProps) {
  const { say } = props.view.t;
  return (
    <SendingPage
      {...props}
      kind="packages"
      action="/packages"
      title={say('package.title')}
      lead={say('package.lead')}
      files={{ title: say('package.files'), choose: say('package.choose'), hint: say('package.hint') }}
      submit={say('package.submit')}
    >
      <section aria-labelledby="spec-label">
        <div class="field">
          <label for="spec" id="spec-label">
            {say('package.spec')}
          </label>
          <select id="spec" name="spec">
            <option value="">{say('package.declared')}</option>
            <option value="2.2.0">2.2.0</option>
            <option value="2.1.0">2.1.0</option>
            <option value="2.0.4">2.0.4</option>
          </select>
        </div>
      </section>
    </SendingPage>
  );
}
