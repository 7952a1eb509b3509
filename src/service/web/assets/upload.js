// Makes forms with files better where scripts run: files by drag and drop, folders, progress with speed, errors at the
// field without losing what was chosen. Without it the form works as it is.
const form = document.getElementById('upload');
const input = document.getElementById('files');
const folder = document.getElementById('folder');
const drop = document.getElementById('drop');
const list = document.getElementById('chosen');
const progress = document.getElementById('progress');
const bar = progress.querySelector('progress');
const shown = document.getElementById('progress-text');
const said = document.getElementById('progress-said');

/** What is going to be sent: each file with its path. */
const chosen = new Map();
let sending;

/** What has arrived whole, by file: a form that is refused does not send it again. */
const finished = new WeakMap();
document.documentElement.classList.add('js');
document.getElementById('folder-choice').hidden = !('webkitdirectory' in folder);

for (const field of [input, folder])
  field.addEventListener('change', () => {
    for (const file of [...field.files].sort(byPath)) add(file, pathOf(file));
    field.value = '';
    showChosen();
  });

for (const name of ['dragenter', 'dragover'])
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.add('over');
  });
for (const name of ['dragleave', 'drop']) drop.addEventListener(name, () => drop.classList.remove('over'));
drop.addEventListener('drop', async (event) => {
  event.preventDefault();
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()).filter(Boolean);
  for (const entry of entries) await addEntry(entry);
  showChosen();
});

const scanner = window.trajnoScanner;
const camera = document.getElementById('camera');
camera?.addEventListener('change', () => {
  scanner.addPages(chosen, [...camera.files]);
  camera.value = '';
  form.querySelector('[name=together][value=yes]').checked = true;
  showChosen();
});

const profile = document.getElementById('profile');
if (profile) {
  document.getElementById('change-profile').hidden = true;
  profile.addEventListener('change', async () => {
    const page = await fetchPage(`/?profile=${encodeURIComponent(profile.value)}`);
    takeDescription(page, valuesNow());
    document.getElementById('scanner').hidden = page.getElementById('scanner').hidden;
  });
}

document.getElementById('cancel').addEventListener('click', () => sending?.abort());
window.addEventListener('beforeunload', (event) => {
  if (sending) event.preventDefault();
});

form.addEventListener('change', ({ target }) => {
  if (target.id === 'table') form.noValidate = Boolean(chosenTable()); // the rows say what the form leaves open
});

form.addEventListener('submit', (event) => {
  if (event.submitter?.id === 'change-profile') return;
  event.preventDefault();
  if (!sending && chosen.size > 0) send();
});

const pathOf = (file) => file.webkitRelativePath || file.name;

/** As people count: 2 before 14. A folder comes in whatever order its disk has. */
function byPath(one, other) {
  return pathOf(one).localeCompare(pathOf(other), document.documentElement.lang, { numeric: true });
}

function add(file, path) {
  chosen.set(path, file);
}

/** Photographs of a phone are often called the same. */
function freePath(path) {
  const [, stem, ending] = /^(.*?)(\.[^./]*)?$/s.exec(path);
  let free = path;
  for (let number = 2; chosen.has(free); number++) free = `${stem} (${number})${ending ?? ''}`;
  return free;
}

async function addEntry(entry) {
  const path = entry.fullPath.replace(/^\//, '');
  if (entry.isFile) add(await new Promise((resolve, reject) => entry.file(resolve, reject)), path);
  else
    for (const reader = entry.createReader(); ; ) {
      const found = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (found.length === 0) return;
      for (const inner of found) await addEntry(inner);
    }
}

const mostListed = 200;

function showChosen() {
  input.required = chosen.size === 0;
  list.replaceChildren();
  if (chosen.size === 0) {
    const none = document.createElement('p');
    none.className = 'muted';
    none.textContent = list.dataset.none;
    list.append(none);
    return;
  }
  const total = [...chosen.values()].reduce((sum, { size }) => sum + size, 0);
  const summary = document.createElement('p');
  summary.className = 'strong';
  summary.textContent = `${chosen.size} · ${bytes(total)}`;
  const items = document.createElement('ul');
  items.className = 'chosen';
  for (const [path, file] of [...chosen].slice(0, mostListed)) items.append(chosenItem(path, file));
  list.append(summary, items);
  if (chosen.size > mostListed) items.append(document.createTextNode(`… + ${chosen.size - mostListed}`));
}

function chosenItem(path, file) {
  const item = document.createElement('li');
  const name = document.createElement('span');
  name.className = 'file-name';
  name.textContent = path;
  const size = document.createElement('span');
  size.className = 'muted';
  size.textContent = bytes(file.size);
  const remove = document.createElement('button');
  remove.type = 'button';
  remove.className = 'plain remove';
  remove.textContent = '✕';
  remove.setAttribute('aria-label', list.dataset.remove.replace('{name}', path));
  remove.addEventListener('click', () => {
    const id = file instanceof File ? undefined : finished.get(file);
    if (id) fetch(`${form.dataset.uploads}/${id}`, { method: 'DELETE', headers: { 'Tus-Resumable': '1.0.0' } });
    chosen.delete(path);
    scanner?.number(chosen);
    showChosen();
    document.getElementById('files').focus();
  });
  item.dataset.path = path;
  const own = document.createElement('progress');
  own.max = 100;
  own.hidden = true;
  own.setAttribute('aria-label', path);
  const state = document.createElement('span');
  state.className = 'state muted';
  item.append(name, size, remove, own, state);
  scanner?.asPage(item, path, file, chosen, showChosen);
  return item;
}

/** What describes each file by a row of its own; then the form need not say all. */
function chosenTable() {
  return document.getElementById('table')?.files[0];
}

/** Fields first, so that the archive can refuse them before gigabytes were sent. */
function formData() {
  const sent = new FormData();
  for (const [name, value] of new FormData(form)) if (!(value instanceof File)) sent.append(name, value);
  const table = chosenTable();
  if (table) sent.append('metadata.csv', table); // before the files it describes
  for (const [path, file] of chosen) sent.append('file', file, path);
  return sent;
}

const uploads = form.dataset.uploads && window.trajnoUploads;
if (uploads?.hasUnfinished()) tell(form.dataset.unfinished);

/** Each file by an upload of its own, a few at a time; then the form, which names them. */
async function sendResumably() {
  const files = [...chosen];
  const arrived = new Map(files.map(([path]) => [path, 0]));
  const total = files.reduce((sum, [, { size }]) => sum + size, 0);
  const meter = speedometer();
  const stop = new AbortController();
  const sent = new Map();
  const refused = [];
  sending = stop;
  setBusy(true);
  const queue = [...files];
  const sendNext = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [path, file] = next;
      const line = lineOf(path);
      try {
        const id =
          finished.get(file) ??
          (await uploads.sendFile(form.dataset.uploads, file, path, {
            signal: stop.signal,
            onWait: (isWaiting) => line.wait(isWaiting),
            onProgress: (done) => {
              arrived.set(path, done);
              line.show(done, file.size);
              showProgress(
                [...arrived.values()].reduce((sum, one) => sum + one, 0),
                total,
                meter,
              );
            },
          }));
        finished.set(file, id);
        sent.set(path, id);
        line.finish();
      } catch {
        if (stop.signal.aborted) return;
        refused.push(path);
        line.fail(() => send());
      }
    }
  };
  await Promise.all([1, 2, 3].map(sendNext));
  sending = undefined;
  if (stop.signal.aborted || refused.length > 0) {
    setBusy(false);
    if (refused.length > 0) tell(progress.dataset.failed);
    return;
  }
  const data = new FormData();
  for (const [name, value] of new FormData(form)) if (!(value instanceof File)) data.append(name, value);
  const table = chosenTable();
  if (table) data.append('metadata.csv', table);
  data.append('uploads', JSON.stringify(files.map(([path]) => ({ id: sent.get(path), path }))));
  sendForm(new URL('/upload/finished', window.location.href).href, data);
}

/** The line of a chosen file: its own bar and speed. Files beyond those listed have none to show. */
function lineOf(path) {
  const item = [...list.querySelectorAll('li')].find((one) => one.dataset.path === path);
  const bar = item?.querySelector('progress');
  const state = item?.querySelector('.state');
  const meter = speedometer();
  return {
    show: (done, size) => {
      if (!bar) return;
      bar.hidden = false;
      bar.value = size === 0 ? 100 : (done / size) * 100;
      state.textContent = `${Math.floor(bar.value)} % · ${bytes(meter(done))}/s`;
    },
    wait: (isWaiting) => {
      if (state && isWaiting) state.textContent = form.dataset.waiting;
    },
    finish: () => {
      if (state) state.textContent = `✓ ${form.dataset.done}`;
    },
    fail: (again) => {
      if (!state) return;
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'plain';
      button.textContent = form.dataset.retry;
      button.addEventListener('click', again);
      state.replaceChildren(button);
    },
  };
}

function tell(text) {
  const notice = document.createElement('p');
  notice.className = 'notice';
  notice.setAttribute('role', 'status');
  notice.textContent = text;
  document.getElementById('refusal').replaceChildren(notice);
}

function send() {
  if (uploads) sendResumably();
  else sendForm(form.action, formData());
}

let lastSaid = 0;

function showProgress(loaded, total, meter) {
  const isAll = loaded >= total;
  const text = isAll
    ? progress.dataset.writing
    : progress.dataset.sending
        .replace('{done}', bytes(loaded))
        .replace('{total}', bytes(total))
        .replace('{speed}', bytes(meter(loaded)));
  if (isAll) bar.removeAttribute('value');
  else bar.value = (loaded / total) * 100;
  shown.textContent = text;
  if (isAll || Date.now() - lastSaid > 5000) {
    lastSaid = Date.now();
    said.textContent = text;
  }
}

function sendForm(address, data) {
  const request = new XMLHttpRequest();
  sending = request;
  const meter = speedometer();
  setBusy(true);
  request.upload.addEventListener('progress', ({ loaded, total }) => showProgress(loaded, total, meter));
  request.addEventListener('load', () => finish(request));
  for (const name of ['error', 'abort', 'timeout']) request.addEventListener(name, () => fail(name));
  request.open('POST', address);
  request.responseType = 'document';
  request.send(data);
}

/** Bytes per second over the last seconds. */
function speedometer() {
  const seen = [{ at: performance.now(), loaded: 0 }];
  return (loaded) => {
    const now = performance.now();
    seen.push({ at: now, loaded });
    while (seen.length > 2 && now - seen[0].at > 4000) seen.shift();
    return Math.round(((loaded - seen[0].loaded) / Math.max(1, now - seen[0].at)) * 1000);
  };
}

function finish(request) {
  sending = undefined;
  const arrived = new URL(request.responseURL);
  if (request.status < 400 && !arrived.pathname.startsWith(new URL(form.action).pathname)) {
    window.location.assign(arrived.href);
    return;
  }
  setBusy(false);
  const page = request.response;
  if (!page?.getElementById('upload')) {
    if (page) show(page);
    else fail('error');
    return;
  }
  if (form.elements.key) form.elements.key.value = page.querySelector('[name=key]').value;
  document.getElementById('refusal').replaceChildren(...document.adoptNode(page.getElementById('refusal')).childNodes);
  takeDescription(page, undefined);
  (document.querySelector('[aria-invalid=true]') ?? input).focus();
  document.querySelector('#refusal, .faulty')?.scrollIntoView({ block: 'center' });
}

/** An answer that is a page of its own takes the place of this one. */
function show(page) {
  document.title = page.title;
  document.body.replaceWith(document.adoptNode(page.body));
  document.getElementById('main')?.focus();
  window.scrollTo(0, 0);
}

function fail(name) {
  sending = undefined;
  setBusy(false);
  if (name === 'abort') return;
  const notice = document.createElement('p');
  notice.className = 'notice bad';
  notice.setAttribute('role', 'alert');
  notice.textContent = progress.dataset.failed;
  document.getElementById('refusal').replaceChildren(notice);
}

function setBusy(isBusy) {
  progress.hidden = !isBusy;
  bar.value = 0;
  form.querySelector('[type=submit].primary').disabled = isBusy;
  form.setAttribute('aria-busy', String(isBusy));
}

async function fetchPage(address) {
  const answer = await fetch(address, { headers: { Accept: 'text/html' } });
  return new DOMParser().parseFromString(await answer.text(), 'text/html');
}

function valuesNow() {
  return new Map([...new FormData(form)].filter(([, value]) => typeof value === 'string'));
}

/** Takes the fields of another profile, or the same with their faults, and keeps what was typed. */
function takeDescription(page, values) {
  const fresh = page.getElementById('description');
  if (!fresh) return;
  const kept = document.getElementById('profile');
  const description = document.getElementById('description');
  const first = kept.closest('.field');
  const table = values && document.getElementById('table'); // one that was refused is chosen again when it is corrected
  const others = [...document.adoptNode(fresh).children].filter((child) => !child.querySelector('#profile'));
  for (const child of [...description.children]) if (child !== first && child.tagName !== 'H2') child.remove();
  description.append(...others.filter((child) => child.tagName !== 'H2'));
  if (table) document.getElementById('table')?.replaceWith(table);
  form.noValidate = Boolean(chosenTable());
  for (const [name, value] of values ?? []) {
    const field = form.elements.namedItem(name);
    if (field && name !== 'profile' && name !== 'key' && 'value' in field) field.value = value;
  }
}

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

function bytes(size) {
  let value = size;
  let unit = 0;
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000;
  const digits = new Intl.NumberFormat(document.documentElement.lang, {
    maximumFractionDigits: unit === 0 || value >= 100 ? 0 : 1,
  });
  return `${digits.format(value)}\u00a0${units[unit]}`;
}

// What was shared from a phone lies with the archive already: its id, by what stands for the file.
for (const { id, path, bytes: size } of JSON.parse(document.getElementById('shared')?.dataset.files ?? '[]')) {
  const shared = { size };
  finished.set(shared, id);
  add(shared, freePath(path));
}
showChosen();
