// Sends a file so that a broken connection, a closed laptop or a reloaded page costs nothing but what was on its way (tus 1.0.0:
// creation, creation-with-upload, core). `upload.js` uses it.
const chunk = 8 << 20;
const longestWait = 30_000;
const version = { 'Tus-Resumable': '1.0.0' };
const prefix = 'trajno-upload ';

/**
 * Sends one file, again and again until all of it has arrived.
 * @param address where uploads are begun
 * @param onProgress is told how many bytes have arrived
 * @param onWait is told whether the connection is broken
 * @returns the upload's id
 */
async function sendFile(address, file, path, { onProgress, onWait, signal }) {
  const key = `${prefix}${path} ${file.size} ${file.lastModified}`;
  for (let failures = 0; ; ) {
    try {
      const id = await goOn(
        address,
        file,
        path,
        key,
        (sent) => {
          failures = 0;
          onWait(false);
          onProgress(sent);
        },
        signal,
      );
      localStorage.removeItem(key);
      return id;
    } catch (error) {
      if (signal.aborted) throw error;
      if (error.isFinal) {
        localStorage.removeItem(key);
        throw error;
      }
      onWait(true);
      await pause(Math.min(longestWait, 500 * 2 ** failures++), signal);
    }
  }
}

/** One attempt: asks how much has arrived, and sends the rest. */
async function goOn(address, file, path, key, onProgress, signal) {
  let place = localStorage.getItem(key);
  let offset = place ? await arrived(place, signal) : undefined;
  if (offset === undefined) {
    const first = file.slice(0, chunk);
    const begun = await request(
      'POST',
      address,
      {
        'Upload-Length': file.size,
        'Upload-Metadata': `filename ${base64(path)}`,
        ...(first.size > 0 ? { 'Content-Type': 'application/offset+octet-stream' } : {}),
      },
      first,
      onProgress,
      signal,
    );
    place = new URL(begun.getResponseHeader('Location'), window.location.href).pathname;
    localStorage.setItem(key, place);
    offset = Number(begun.getResponseHeader('Upload-Offset') ?? 0);
  }
  onProgress(offset);
  while (offset < file.size) {
    const part = file.slice(offset, offset + chunk);
    const from = offset;
    const sent = await request(
      'PATCH',
      place,
      { 'Upload-Offset': offset, 'Content-Type': 'application/offset+octet-stream' },
      part,
      (done) => onProgress(from + done),
      signal,
    );
    offset = Number(sent.getResponseHeader('Upload-Offset'));
    onProgress(offset);
  }
  return place.split('/').at(-1);
}

/** How much of an upload is there; undefined when it is gone. */
async function arrived(place, signal) {
  const head = await request('HEAD', place, {}, null, () => {}, signal, [404, 410, 403]);
  return head.status < 300 ? Number(head.getResponseHeader('Upload-Offset')) : undefined;
}

/** What the server will refuse again is final; a conflict of offsets or a lock is not. */
const temporary = [0, 408, 409, 423, 425, 429, 460];

function request(method, address, headers, body, onProgress, signal, expected = []) {
  return new Promise((resolve, reject) => {
    const sent = new XMLHttpRequest();
    const abort = () => sent.abort();
    const fail = () =>
      reject(
        Object.assign(new Error(sent.responseText || `${sent.status}`), {
          status: sent.status,
          isFinal: (sent.status > 0 && sent.status < 500 && !temporary.includes(sent.status)) || sent.status === 507,
        }),
      );
    sent.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded));
    sent.addEventListener('load', () => (sent.status < 300 || expected.includes(sent.status) ? resolve(sent) : fail()));
    for (const name of ['error', 'abort', 'timeout']) sent.addEventListener(name, fail);
    sent.addEventListener('loadend', () => signal.removeEventListener('abort', abort));
    signal.addEventListener('abort', abort);
    sent.open(method, address);
    sent.timeout = 120_000;
    for (const [name, value] of Object.entries({ ...version, ...headers })) sent.setRequestHeader(name, value);
    sent.send(body);
  });
}

/** Until the time is over or the network is back, whichever comes first. */
function pause(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, milliseconds);
    function done() {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      resolve();
    }
    window.addEventListener('online', done);
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        reject(new Error('given up'));
      },
      { once: true },
    );
  });
}

function base64(text) {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}

/** Whether an earlier page left uploads unfinished. */
function hasUnfinished() {
  return Object.keys(localStorage).some((key) => key.startsWith(prefix));
}

window.trajnoUploads = { sendFile, hasUnfinished };
