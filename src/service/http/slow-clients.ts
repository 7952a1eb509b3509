import type { Server } from 'node:http';

/** A body must come at this pace at least, measured over a window: slow enough for a bad line, too fast for an attack. */
const windowMilliseconds = 30_000;
const bytesPerWindow = 16 << 10;

/**
 * Sets the server's limits: headers come soon, a body may take as long as a large file on a slow line takes but must keep
 * coming, and an idle connection is closed.
 */
export function limitClients(server: Server): void {
  server.headersTimeout = 20_000;
  server.requestTimeout = 0; // an upload of 10 GB takes its time; its pace is watched instead
  server.keepAliveTimeout = 10_000;
  server.timeout = 120_000;
  server.maxRequestsPerSocket = 10_000;
  server.on('request', (request) => {
    let seen = request.socket.bytesRead;
    const watch = setInterval(() => {
      if (request.complete || request.destroyed) return clearInterval(watch);
      const { bytesRead } = request.socket;
      const isOurs = request.isPaused() || request.readableLength > 0; // it is we who do not read
      if (!isOurs && bytesRead - seen < bytesPerWindow) request.socket.destroy();
      seen = bytesRead;
    }, windowMilliseconds);
    watch.unref();
    request.once('close', () => clearInterval(watch));
  });
}
