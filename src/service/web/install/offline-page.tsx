import { type Language, languages, speaker } from '../../messages/index.ts';
import type { PageView } from '../page-view.ts';

/** What is shown without a connection. It is kept on the phone, so it says nothing of anybody, and says it in every language. */
export function OfflinePage({ assets }: Pick<PageView, 'assets'>) {
  const [first = 'sr-Cyrl'] = languages;
  const says = (language: Language) => speaker(language);
  return (
    <html lang={first}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{`${says(first).say('offline.title')} – ${says(first).say('product')}`}</title>
        <link rel="stylesheet" href={assets.address('style.css')} />
        <link rel="icon" href={assets.address('mark.svg')} type="image/svg+xml" />
      </head>
      <body>
        <header class="top">
          <div class="top-row">
            <span class="brand">
              <img src={assets.address('mark.svg')} alt="" width="28" height="28" />
              <span>{says(first).say('product')}</span>
            </span>
          </div>
        </header>
        <main id="main">
          {languages.map((language, index) => (
            <section key={language} lang={language}>
              {index === 0 ? (
                <h1>{says(language).say('offline.title')}</h1>
              ) : (
                <h2>{says(language).say('offline.title')}</h2>
              )}
              <p>{says(language).say('offline.text')}</p>
              <p>
                <a href="/">{says(language).say('offline.again')}</a>
              </p>
            </section>
          ))}
        </main>
      </body>
    </html>
  );
}
