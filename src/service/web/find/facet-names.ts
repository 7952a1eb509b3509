import { type Catalog, facetLabels, facets } from '../../../archive/data-management/index.ts';
import type { Profiles } from '../../../archive/profiles/index.ts';
import type { Speaker } from '../../messages/index.ts';
import type { Asked, Labelled } from './asked.ts';

interface Naming {
  readonly institution: string;
  readonly profiles: Profiles;
  readonly asked: Asked;
  readonly t: Speaker;
}

/** How values of facets are said; those that are asked for are looked up, since the result may have none of them. */
export async function facetNames(catalog: Catalog, { institution, profiles, asked, t }: Naming): Promise<Labelled> {
  const tokens = facets.flatMap((facet) => (asked[facet] ? [`${facet}:${asked[facet]}`] : []));
  const labels = await facetLabels(catalog, institution, tokens);
  const kinds = new Map(profiles.all.map(({ id, title }) => [id, title[t.language]]));
  return (facet, value, label) => {
    const known = label || labels.get(`${facet}:${value}`) || value;
    if (facet === 'state') return t.state(value);
    if (facet === 'profile') return kinds.get(known) ?? known;
    if (facet === 'verdict') return value === 'none' ? t.say('noSignature') : t.outcome(value.toUpperCase());
    return known;
  };
}
