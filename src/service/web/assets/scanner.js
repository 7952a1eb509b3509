// The phone's camera as a scanner: photographs become pages of one document, in their order. `upload.js` uses it.
const pages = new WeakSet();
const small = 320;

/** Adds photographs behind the pages that are there. */
function addPages(chosen, photographs) {
  for (const photograph of photographs) {
    pages.add(photograph);
    chosen.set(`page ${chosen.size} ${Math.random()}`, photograph);
  }
  number(chosen);
}

/** Names every page by its place, so that the record shows them in this order everywhere. */
function number(chosen) {
  const entries = [...chosen];
  const others = new Set(entries.filter(([, file]) => !pages.has(file)).map(([path]) => path));
  chosen.clear();
  let place = 0;
  for (const [path, file] of entries) {
    if (!pages.has(file)) chosen.set(path, file);
    else {
      let name;
      do name = `${String(++place).padStart(3, '0')}${endingOf(file)}`;
      while (others.has(name));
      chosen.set(name, file);
    }
  }
}

function endingOf({ name, type }) {
  const [, ending = ''] = /\.([a-z0-9]{1,5})$/i.exec(name) ?? [];
  return `.${(ending || type.split('/').at(-1) || 'jpg').toLowerCase().replace('jpeg', 'jpg')}`;
}

function move(chosen, file, by) {
  const entries = [...chosen];
  const places = entries.flatMap(([, one], index) => (pages.has(one) ? [index] : []));
  const from = places.findIndex((index) => entries[index][1] === file);
  const to = places[from + by];
  if (to === undefined) return;
  [entries[places[from]], entries[to]] = [entries[to], entries[places[from]]];
  chosen.clear();
  for (const [path, one] of entries) chosen.set(path, one);
  number(chosen);
}

/** A page's line: what is on it, small, and buttons that move it. */
function asPage(item, path, file, chosen, show) {
  if (!pages.has(file)) return;
  const { earlier, later, page } = document.getElementById('scanner').dataset;
  item.classList.add('page');
  item.prepend(thumbnail(file, page.replace('{name}', path)));
  const place = item.querySelector('.remove');
  for (const [sign, by, label] of [
    ['↑', -1, earlier],
    ['↓', 1, later],
  ]) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'plain move';
    button.textContent = sign;
    button.setAttribute('aria-label', label.replace('{name}', path));
    button.addEventListener('click', () => {
      move(chosen, file, by);
      show();
      const moved = [...document.querySelectorAll('#chosen li')].find(
        ({ dataset }) => chosen.get(dataset.path) === file,
      );
      moved?.querySelectorAll('.move')[by < 0 ? 0 : 1]?.focus();
    });
    place.before(button);
  }
}

/** Drawn, since the page’s policy lets no image in that is not from the archive. */
function thumbnail(file, label) {
  const canvas = document.createElement('canvas');
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', label);
  createImageBitmap(file, { resizeWidth: small })
    .then((image) => {
      canvas.width = image.width;
      canvas.height = image.height;
      canvas.getContext('2d').drawImage(image, 0, 0);
      image.close();
    })
    .catch(() => {
      canvas.width = 1; // a kind that this browser does not draw (HEIC): its name stands beside
      canvas.height = 1;
    });
  return canvas;
}

window.trajnoScanner = { addPages, asPage, number };
