// Shows an audit's progress while it runs, and its outcome when it is over.
const section = document.getElementById('running');
const text = document.getElementById('running-text');
const bar = section?.querySelector('progress');

async function look() {
  const answer = await fetch(`/api/v1/jobs/${section.dataset.job}`, { headers: { Accept: 'application/json' } });
  if (!answer.ok) return;
  const { state, progress } = await answer.json();
  if (state !== 'waiting' && state !== 'running') {
    window.location.reload();
    return;
  }
  if (progress) show(progress);
  window.setTimeout(look, 1000);
}

function show({ done, total }) {
  bar.max = total || 1;
  bar.value = done;
  const digits = new Intl.NumberFormat(document.documentElement.lang);
  text.textContent = section.dataset.text
    .replace('{done}', digits.format(done))
    .replace('{total}', digits.format(total));
}

if (section && text && bar) look();
