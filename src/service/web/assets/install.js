// Makes the archive installable. It waits until the page is there, so that nothing is slower by it.
if ('serviceWorker' in navigator)
  window.addEventListener('load', () => {
    navigator.serviceWorker.register('/service-worker.js', { scope: '/', updateViaCache: 'none' }).catch(() => {
      // a browser that keeps no workers (private windows) shows the same pages
    });
  });
