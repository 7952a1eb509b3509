// A file's SHA-256 is computed here and nothing of the file is sent: the page goes on to the address of the digest.
const form = document.getElementById('digest-form');
const field = document.getElementById('file-field');
const input = document.getElementById('file');
const working = document.getElementById('digest-working');
const unreadable = document.getElementById('digest-unreadable');

if (globalThis.crypto?.subtle) {
  field.hidden = false;
  input.addEventListener('change', () => compare(input.files[0]));
  for (const name of ['dragover', 'drop'])
    document.addEventListener(name, (event) => {
      event.preventDefault();
      if (name === 'drop') compare(event.dataTransfer.files[0]);
    });
} else document.getElementById('no-crypto').hidden = false;

async function compare(file) {
  if (!file) return;
  working.hidden = false;
  unreadable.hidden = true;
  try {
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()));
    const hex = Array.from(digest, (octet) => octet.toString(16).padStart(2, '0')).join('');
    location.assign(form.dataset.goesTo + hex);
  } catch {
    working.hidden = true;
    unreadable.hidden = false; // a folder, or a file larger than the browser holds
  }
}
