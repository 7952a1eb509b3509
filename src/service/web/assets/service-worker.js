// Keeps what every page looks the same by (style, scripts, the mark) and one page that says that there is no connection.
// Records and pages with content are never kept: whoever has the phone next finds nothing of them here.
// The server puts `shell` before this: { version, files, offline }.
const { version, files, offline } = self.shell;
const name = `trajno-${version}`;

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(name)
      .then((cache) => cache.addAll([...files, offline].map((address) => new Request(address, { cache: 'reload' }))))
      .then(() => self.skipWaiting()),
  );
});

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(names.filter((one) => one.startsWith('trajno-') && one !== name).map((one) => caches.delete(one))),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin) return; // forms go by no other way than without this
  if (pathname.startsWith('/assets/') && search.startsWith('?v=')) event.respondWith(kept(request));
  else if (request.mode === 'navigate' && request.destination === 'document') event.respondWith(page(request));
});

/** An address with a digest never changes what it says. */
async function kept(request) {
  const cache = await caches.open(name);
  const found = await cache.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok && answer.type === 'basic') await cache.put(request, answer.clone());
  return answer;
}

async function page(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const cache = await caches.open(name);
    const found = await cache.match(offline);
    if (found) return found;
    throw error;
  }
}
