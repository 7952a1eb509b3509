import { actorOf, readForm } from '../../http/index.ts';
import { isLanguage, speaker } from '../../messages/index.ts';
import { answerWith, goTo } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { manifestFor, sharePath } from './manifest.ts';
import { OfflinePage } from './offline-page.tsx';

/** What makes the archive installable, and the door through which a phone shares documents with it. */
export const installPages: readonly PageRoute[] = [
  { method: 'get', path: '/manifest.webmanifest', answer: serveManifest },
  { method: 'get', path: '/service-worker.js', answer: serveWorker },
  { method: 'get', path: '/offline', answer: ({ ctx, view }) => answerWith(ctx, <OfflinePage assets={view.assets} />) },
  { method: 'post', path: sharePath, action: 'record.submit', answer: takeShared },
];

/** In the language of its address, since browsers ask for it without cookies. */
function serveManifest({ ctx, view, query }: PageRequest): void {
  const t = isLanguage(query.language) ? speaker(query.language) : view.t;
  ctx.type = 'application/manifest+json';
  ctx.set('Cache-Control', 'no-cache');
  ctx.body = JSON.stringify(manifestFor(t, view.assets));
}

/** The worker stands at the root so that it may serve every page, and changes whenever what it keeps does. */
function serveWorker({ ctx, view }: PageRequest): void {
  const files = ['style.css', 'mark.svg', 'install.js'].map((name) => view.assets.address(name));
  const shell = JSON.stringify({ version: view.assets.version, files, offline: '/offline' });
  ctx.type = 'text/javascript; charset=utf-8';
  ctx.set('Cache-Control', 'no-cache');
  ctx.body = `self.shell = ${shell};\n${view.assets.text('service-worker.js')}`;
}

/** Receives what was shared into this person's uploads; the first page shows them, and nothing is archived until they send its form. */
async function takeShared({ ctx, service }: PageRequest): Promise<void> {
  const form = readForm(ctx.req);
  await service.uploads.keep(actorOf(ctx), form.files, form.announcedBytes);
  goTo(ctx, '/');
}
