import { findWithFacets, savedSearches } from '../../../archive/data-management/index.ts';
import { actorOf } from '../../http/index.ts';
import { answerWith } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { askedIn, queryOf } from './asked.ts';
import { facetNames } from './facet-names.ts';
import { FindPage } from './page.tsx';
import { keepSearch, mostSaved, removeSearch, searchOwner } from './saved.ts';

export const findPages: readonly PageRoute[] = [
  { method: 'get', path: '/find', action: 'record.find', answer: find },
  { method: 'post', path: '/find/saved', action: 'record.find', answer: keepSearch },
  { method: 'post', path: '/find/saved/remove', action: 'record.find', answer: removeSearch },
];

const onPage = 30;

async function find({ ctx, service, view, query }: PageRequest): Promise<void> {
  const { catalog, profiles } = service.context;
  const actor = actorOf(ctx);
  const asked = askedIn(query);
  const wanted = queryOf(asked, actor.institution);
  const { records, next, found } = await findWithFacets(catalog, { ...wanted, limit: onPage });
  const saved = await savedSearches(catalog, searchOwner(actor), mostSaved);
  const labelled = await facetNames(catalog, {
    institution: actor.institution,
    profiles: await profiles.current(),
    asked,
    t: view.t,
  });
  answerWith(
    ctx,
    <FindPage
      view={view}
      asked={asked}
      records={records}
      found={found}
      saved={saved}
      labelled={labelled}
      {...(next === undefined ? {} : { next })}
    />,
  );
}
