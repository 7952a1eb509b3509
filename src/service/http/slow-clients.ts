import type { Server } from 'node:http';

/** The pace at which a body must come at least: slow enough for a bad line, too fast for an attack. */
export interface Pace {
  readonly bytes: number;
  readonly perMilliseconds: number;
}

const usualPace: Pace = { bytes: 16 << 10, perMilliseconds: 30_000 };

/**
 * Sets the server's limits: headers come soon, a body may take as long as a large file on a slow line takes but must keep
 * coming, and an idle connection is closed.
 */
export function limitClients(server: Server, pace: Pace = usualPace): void {
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
      if (!isOurs && bytesRead - seen < pace.bytes) request.socket.destroy();
      seen = bytesRead;
    }, pace.perMilliseconds);
    watch.unref();
    request.once('close', () => clearInterval(watch));
  });
}
