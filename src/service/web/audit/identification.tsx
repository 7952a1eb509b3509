import type { Job } from '../../../archive/data-management/index.ts';
import type { PageView } from '../page-view.ts';

/** How far the walk is that tells what formats the holdings have by newer signatures. */
export function Identification({ view: { t }, job }: { readonly view: Pick<PageView, 't'>; readonly job: Job }) {
  const { done, total } = job.progress ?? { done: 0, total: 0 };
  return (
    <section class="notice" aria-labelledby="identification-title">
      <h2 id="identification-title">{t.say('formats.running')}</h2>
      <progress aria-labelledby="identification-title" max={total || 1} value={total ? done : undefined} />
      <p>
        {total ? t.say('formats.progress', { done: t.number(done), total: t.number(total) }) : t.say('audit.waiting')}
      </p>
    </section>
  );
}
