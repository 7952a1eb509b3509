import { CopyLines } from '../copies/register-page.tsx';
import type { RecordProps } from './record-facts.ts';

/** The certified copies that were issued of the record. */
export function CertifiedCopies({ view, facts: { certifiedCopies } }: RecordProps) {
  const { t } = view;
  return (
    <section aria-labelledby="certified-title">
      <h2 id="certified-title">{t.say('certified.issued')}</h2>
      <CopyLines view={view} copies={certifiedCopies} />
      <p>
        <a href="/certified-copies">{t.say('certified.register')}</a>
      </p>
    </section>
  );
}
