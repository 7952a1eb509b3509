import { expect } from 'chai';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { Job } from '../../../../../src/archive/data-management/index.ts';
import { speaker } from '../../../../../src/service/messages/index.ts';
import { Identification } from '../../../../../src/service/web/audit/identification.tsx';

const job: Job = {
  id: 'j1',
  institution: 'default',
  name: 'reidentify',
  payload: {},
  state: 'running',
  attempts: 1,
  progress: { done: 3, total: 12 },
  runAt: '2026-11-25T08:01:00Z',
  createdAt: '2026-11-25T08:00:00Z',
  updatedAt: '2026-11-25T08:00:00Z',
};

describe('the walk that identifies formats anew', () => {
  it('shows in the reader’s language how far it is', () => {
    const page = (language: 'sr-Cyrl' | 'en') =>
      renderToString(h(Identification, { view: { t: speaker(language) }, job }));
    expect(page('en')).to.include('3 of 12 records looked at');
    expect(page('sr-Cyrl')).to.include('Прегледано 3 од 12 докумената');
  });
});
