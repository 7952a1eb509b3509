import type { ComponentChildren } from 'preact';
import { type Language, languages } from '../messages/index.ts';
import { frameColours } from './install/manifest.ts';
import type { PageView } from './page-view.ts';

interface LayoutProps {
  readonly view: PageView;
  readonly title: string;
  /** Which part of the navigation the page belongs to. */
  readonly part?:
    | 'upload'
    | 'find'
    | 'tasks'
    | 'office'
    | 'audit'
    | 'operations'
    | 'check'
    | 'people'
    | 'profiles'
    | 'tokens';
  /** Names of scripts; pages work without them. */
  readonly scripts?: readonly string[];
  /** Seconds after which a page that still changes is loaded again. */
  readonly refresh?: number;
  readonly children: ComponentChildren;
}

const languageNames: Readonly<Record<Language, { short: string; name: string }>> = {
  'sr-Cyrl': { short: 'Ћир', name: 'Српски, ћирилица' },
  'sr-Latn': { short: 'Lat', name: 'Srpski, latinica' },
  en: { short: 'EN', name: 'English' },
};

/** The frame of every page. */
export function Layout({ view, title, part, scripts = [], refresh, children }: LayoutProps) {
  const { t, assets } = view;
  return (
    <html lang={t.language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        {refresh ? <meta http-equiv="refresh" content={String(refresh)} /> : null}
        <title>{`${title} – ${t.say('product')}`}</title>
        <link rel="stylesheet" href={assets.address('style.css')} />
        <link rel="icon" href={assets.address('mark.svg')} type="image/svg+xml" />
        <link rel="apple-touch-icon" href={assets.address('icon-192.png')} />
        <link rel="manifest" href={`/manifest.webmanifest?language=${t.language}`} />
        <meta name="theme-color" media="(prefers-color-scheme: light)" content={frameColours.light} />
        <meta name="theme-color" media="(prefers-color-scheme: dark)" content={frameColours.dark} />
        {['install.js', ...scripts].map((name) => (
          <script key={name} type="module" src={assets.address(name)} />
        ))}
      </head>
      <body>
        <a class="skip" href="#main">
          {t.say('skip')}
        </a>
        <header class="top">
          <div class="top-row">
            <a class="brand" href="/">
              <img src={assets.address('mark.svg')} alt="" width="28" height="28" />
              <span>{t.say('product')}</span>
              <span class="institution">{view.institution === 'Trajno' ? '' : view.institution}</span>
            </a>
            <LanguageSwitch view={view} />
          </div>
          {view.actor ? <Navigation view={view} part={part} /> : null}
        </header>
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <footer class="bottom">
          <span>{t.say('footer')}</span>
          {view.actor ? (
            <form method="post" action="/sign-out">
              <span class="who">
                {view.actor.person ? (
                  <a href="/account">{t.say('signedInAs', { name: view.actor.name })}</a>
                ) : (
                  t.say('signedInAs', { name: view.actor.name })
                )}
              </span>
              <button type="submit" class="plain">
                {t.say('signOut')}
              </button>
            </form>
          ) : null}
        </footer>
      </body>
    </html>
  );
}

function Navigation({ view, part }: Pick<LayoutProps, 'view'> & { part: LayoutProps['part'] | undefined }) {
  const { t } = view;
  const parts = [
    ...(view.may('record.submit') ? [['upload', '/', t.say('nav.upload')] as const] : []),
    ...(view.may('record.find') ? [['find', '/find', t.say('nav.find')] as const] : []),
    ...(view.may('record.find') ? [['tasks', '/tasks', t.say('nav.tasks')] as const] : []),
    ...(view.may('office.read') ? [['office', '/office', t.say('nav.office')] as const] : []),
    ...(view.may('audit.read') ? [['audit', '/audit', t.say('nav.audit')] as const] : []),
    ['check', '/check', t.say('nav.check')],
    ...(view.may('job.retry') ? [['operations', '/operations', t.say('nav.operations')] as const] : []),
    ...(view.may('person.read') ? [['people', '/people', t.say('nav.people')] as const] : []),
    ...(view.may('profile.change') ? [['profiles', '/profiles', t.say('nav.profiles')] as const] : []),
    ...(view.may('token.revoke') ? [['tokens', '/tokens', t.say('nav.tokens')] as const] : []),
  ] as const;
  const isFew = parts.length <= inWideRow;
  return (
    <nav class="main-menu" aria-label={t.say('nav')}>
      <ul>
        {parts.map(([name, address, text], index) =>
          index < inWideRow || isFew ? (
            <li key={name} class={index < inNarrowRow ? undefined : 'wide-only'}>
              <a href={address} aria-current={name === part ? 'page' : undefined}>
                {text}
              </a>
            </li>
          ) : null,
        )}
      </ul>
      {parts.length > inNarrowRow ? <MoreParts view={view} parts={parts.slice(inNarrowRow)} part={part} /> : null}
    </nav>
  );
}

/** So many parts stand in the row of a wide screen, and of a phone; the rest is in the menu at its end. */
const inWideRow = 6;
const inNarrowRow = 3;

interface MoreProps extends Pick<LayoutProps, 'view'> {
  /** From the first on that a phone has no room for. */
  readonly parts: readonly (readonly [name: string, address: string, text: string])[];
  readonly part: LayoutProps['part'] | undefined;
}

/** The menu at the end of the row; those that the row of a wide screen has are in it on a phone alone. */
function MoreParts({ view: { t }, parts, part }: MoreProps) {
  const inWide = inWideRow - inNarrowRow;
  const holdsCurrent = parts.findIndex(([name]) => name === part);
  return (
    <details class={parts.length <= inWide ? 'more-parts narrow-only' : 'more-parts'}>
      <summary class={`menu-handle ${holdsCurrent < 0 ? '' : holdsCurrent < inWide ? 'holds-in-narrow' : 'holds'}`}>
        {t.say('nav.more')}
      </summary>
      <ul>
        {parts.map(([name, address, text], index) => (
          <li key={name} class={index < inWide ? 'narrow-only' : undefined}>
            <a href={address} aria-current={name === part ? 'page' : undefined}>
              {text}
            </a>
          </li>
        ))}
      </ul>
    </details>
  );
}

function LanguageSwitch({ view: { t, here } }: Pick<LayoutProps, 'view'>) {
  return (
    <ul class="languages" aria-label={t.say('language')}>
      {languages.map((language) => (
        <li key={language}>
          <a
            href={`/language/${language}?to=${encodeURIComponent(here)}`}
            hreflang={language}
            lang={language}
            title={languageNames[language].name}
            aria-label={`${languageNames[language].short}, ${languageNames[language].name}`}
            aria-current={language === t.language ? 'true' : undefined}
          >
            {languageNames[language].short}
          </a>
        </li>
      ))}
    </ul>
  );
}
