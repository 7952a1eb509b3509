import { expect } from 'chai';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { speaker } from '../../../../../src/service/messages/index.ts';
import { Timeline } from '../../../../../src/service/web/record/timeline.tsx';

type Props = Parameters<typeof Timeline>[0];

/** Only what the timeline reads of the page's facts. */
function page(language: 'sr-Cyrl' | 'en', detail: Record<string, unknown>): string {
  const entry = { type: 'format.reidentified', time: '2026-11-25T08:00:00Z', sequence: 12, detail };
  const props = { view: { t: speaker(language) }, facts: { history: { preservation: [], journal: [entry] } } };
  return renderToString(h(Timeline, props as unknown as Props));
}

describe('the history of a record', () => {
  const detail = {
    signatures: 'V118/37',
    files: [
      { sha256: 'ab', from: 'x-fmt/263', to: 'fmt/139', name: 'OpenDocument Graphics' },
      { sha256: 'cd', from: 'fmt/1', name: 'unidentified' },
    ],
  };

  it('says in words what a file is by newer signatures', () => {
    expect(page('en', detail))
      .to.include('The format was identified anew')
      .and.include('OpenDocument Graphics (fmt/139)');
    expect(page('sr-Cyrl', detail))
      .to.include('Формат је поново утврђен')
      .and.include('OpenDocument Graphics (fmt/139)');
  });
});
