import type { CatalogRecord } from '../../../archive/data-management/index.ts';
import { actorOf, readRedactions, recordFor } from '../../http/index.ts';
import { answerWith, goTo } from '../answer.ts';
import { Layout } from '../layout.tsx';
import type { PageRequest } from '../page-route.ts';
import type { PageView } from '../page-view.ts';

/** A package has one file input for each original; of records with more, packages are ordered by program. */
const mostFiles = 50;

/** The form of a dissemination package, with redacted files in the place of originals or without. */
export async function showDipForm({ ctx, service, view, params }: PageRequest): Promise<void> {
  const record = await recordFor(service, ctx, params.record ?? '', 'record.export');
  answerWith(ctx, <DipPage view={view} record={record} />);
}

/** Orders the package, which then comes as a download. */
export async function orderDip({ ctx, service, params }: PageRequest): Promise<void> {
  const record = await recordFor(service, ctx, params.record ?? '', 'record.export');
  const redactions = await readRedactions(ctx.req);
  const { id } = await service.dips.place([{ record: record.id, actor: actorOf(ctx).name, redactions }]);
  goTo(ctx, `/api/v1/dips/${id}/package`);
}

function DipPage({ view, record }: { readonly view: PageView; readonly record: CatalogRecord }) {
  const { t } = view;
  return (
    <Layout view={view} title={t.say('dip.title')} part="find">
      <p class="muted crumb">
        <a href={`/records/${record.number}`}>{`${record.number} – ${record.title}`}</a>
      </p>
      <h1>{t.say('dip.title')}</h1>
      <p class="lead">{t.say('dip.lead')}</p>
      <form method="post" action={`/records/${record.number}/dip`} enctype="multipart/form-data" class="narrow">
        <div class="field">
          <label for="reason">{t.say('dip.reason')}</label>
          <p class="hint" id="reason-hint">
            {t.say('dip.hint')}
          </p>
          <textarea id="reason" name="reason" maxLength={1000} rows={2} aria-describedby="reason-hint" />
        </div>
        {record.files.slice(0, mostFiles).map(({ originalName, sha512 }, index) => (
          <div class="field" key={sha512}>
            <label for={`file-${index + 1}`}>{t.say('dip.instead', { name: originalName })}</label>
            <input id={`file-${index + 1}`} name={`file-${index + 1}`} type="file" />
          </div>
        ))}
        <p class="actions">
          <button type="submit" class="primary">
            {t.say('dip.order')}
          </button>
        </p>
      </form>
    </Layout>
  );
}
