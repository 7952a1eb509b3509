import type { CatalogRecord } from '../../../archive/data-management/index.ts';
import { Decision } from './decision.tsx';
import { Description } from './description.tsx';
import { imagesOf } from './preview.ts';
import type { RecordProps } from './record-facts.ts';

/** The photographed pages of a record that waits for the second person; none in any other state. */
export function pagesToCheck(record: CatalogRecord): ReturnType<typeof imagesOf> {
  return record.reason?.code === 'SECOND_CHECK_NEEDED' ? imagesOf(record) : [];
}

/** What is to be decided; for the second person's check of photographed paper beside all of its pages (U86-03). */
export function CheckDesk({ view, facts }: RecordProps) {
  const { record } = facts;
  const pages = pagesToCheck(record);
  if (pages.length === 0) return <Decision view={view} facts={facts} />;
  return (
    <div class="two-columns">
      <div class="pages-to-check">
        {pages.map(({ number, name }) => (
          <img
            key={number}
            src={`/records/${record.number}/files/${number}?display=inline`}
            alt={view.t.say('preview.of', { name })}
            loading="lazy"
          />
        ))}
      </div>
      <div>
        <Decision view={view} facts={facts} />
        <Description view={view} facts={facts} />
      </div>
    </div>
  );
}
