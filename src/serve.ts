import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { dipOrders, openValidations, revocationLists } from './archive/access/index.ts';
import {
  drillJob,
  identityProvider,
  inviteFounder,
  issueFirstToken,
  issueLink,
  lacksAdministrator,
} from './archive/administration/index.ts';
import { schedule, takeLock } from './archive/data-management/index.ts';
import { queueReidentification, queueTrustedLists } from './archive/preservation/index.ts';
import { ArchiveError, type Clock } from './base/index.ts';
import type { Config } from './config.ts';
import { openArchive } from './open-archive.ts';
import { runFolder } from './run-folder.ts';
import type { ExitCode, OpenArchive, Output } from './service/cli/index.ts';
import {
  createApp,
  describeFailure,
  limitClients,
  openIntakeQueue,
  openUploads,
  type Service,
} from './service/http/index.ts';
import { pages } from './service/web/index.ts';
import { startWorker } from './service/worker/index.ts';

/** What is done with the open archive before the service answers: the demo archives its samples. */
export interface ServeOptions {
  readonly prepare?: (archive: OpenArchive) => Promise<void>;
}

/** How long running work may take to end after the service was told to stop; what is left is gone on with at the next start. */
const patienceMilliseconds = 20_000;
const dayMilliseconds = 24 * 3_600_000;
/** Longer than this no request's headers may be. */
const longestHeaders = 16 << 10;

/**
 * Serves API and pages until SIGTERM or SIGINT. One service works on a data folder; commands run beside it.
 * @throws ArchiveError SERVICE_ALREADY_RUNNING | ADDRESS_IN_USE, and what opening the archive throws
 */
export async function serve(config: Config, clock: Clock, out: Output, options: ServeOptions): Promise<ExitCode> {
  const lock = await takeLock(runFolder(config), 'serve');
  if (!lock)
    throw new ArchiveError(
      'SERVICE_ALREADY_RUNNING',
      `Another \`trajno serve\` works on ${config.dataFolder}. Stop it first, or set TRAJNO_DATA to another folder.`,
    );
  try {
    const archive = await openArchive(config, clock);
    try {
      await queueReidentification(archive.context, archive.context.formatSignatures, 'operator');
      await queueTrustedLists(archive.context, archive.context.trustedLists);
      await scheduleDrills(archive);
      if (config.seal) await tryConfiguredSeal(archive, out);
      await options.prepare?.(archive);
      await serveArchive(config, archive, out, options.prepare !== undefined);
    } finally {
      await archive.close();
    }
    return 0;
  } finally {
    await lock.release();
  }
}

/** A drill each quarter, at night; a complete export has to be tried each year (TDR-05). */
async function scheduleDrills({ context: { catalog, clock, institution } }: OpenArchive): Promise<void> {
  await schedule(catalog, clock, { institution: institution.id, name: drillJob, every: 'P3M', at: '03:30' });
}

/** A seal that cannot be made is told of at the start, and asks for its PIN then; records can be kept all the same. */
async function tryConfiguredSeal(archive: OpenArchive, out: Output): Promise<void> {
  try {
    await archive.context.confirmationSeal();
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    out.message(error.message);
  }
}

/** Works on jobs and staged submissions without answering anyone, until SIGTERM or SIGINT. */
export async function work(config: Config, clock: Clock, out: Output): Promise<ExitCode> {
  const archive = await openArchive(config, clock);
  try {
    const worker = startWorker({ ...archive, alerts: config.alerts, onFailure: failureLog(openLog(config)) });
    out.message('Working. Stop with Ctrl-C.');
    await stopSignal();
    await patiently(worker.stop());
    return 0;
  } finally {
    await archive.close();
  }
}

async function serveArchive(config: Config, archive: OpenArchive, out: Output, isDemo: boolean): Promise<void> {
  const log = openLog(config);
  const onFailure = failureLog(log);
  const { trustedLists } = archive.context;
  const uploads = openUploads(join(config.dataFolder, 'uploads'), (bytes) => archive.context.storage.checkSpace(bytes));
  await uploads.removeLapsed();
  const worker = startWorker({ ...archive, alerts: config.alerts, onFailure });
  const intakes = openIntakeQueue(archive.ingest, onFailure);
  const validations = await openValidations(join(config.dataFolder, 'validations'), {
    trustFolder: config.trustFolder,
    online: config.online,
    ...(trustedLists ? { listsInUse: trustedLists } : {}),
  });
  const daily = setInterval(() => {
    uploads.removeLapsed().catch((error) => onFailure('uploads', error));
    queueTrustedLists(archive.context, trustedLists).then(worker.wake, (error) => onFailure('trusted lists', error));
  }, dayMilliseconds);
  let isStopping = false;
  const service: Service = {
    context: archive.context,
    accounts: { ...archive.context, policy: config.signIn },
    ...(config.identityProvider ? { identityProvider: identityProvider(config.identityProvider) } : {}),
    ingest: archive.ingest,
    evidence: archive.evidence,
    fixity: archive.fixity,
    copies: archive.copies,
    revocationLists: revocationLists(archive.copies),
    intakes,
    validations,
    dips: dipOrders(join(config.dataFolder, 'dips'), archive.context),
    uploads,
    wakeWorker: worker.wake,
    log,
    ...(config.publicUrl ? { publicOrigin: new URL(config.publicUrl).origin } : {}),
    isStopping: () => isStopping,
  };
  try {
    const app = createApp(service, { pages, problems: await readFile(problemsFile, 'utf8') });
    const server = createServer({ maxHeaderSize: longestHeaders }, app.callback());
    limitClients(server);
    const stopped = stopSignal();
    const origin = config.publicUrl ?? (await listen(server, config));
    await welcome(service, origin, out, isDemo);
    log.info({ port: (server.address() as AddressInfo).port }, 'listening');
    await stopped;
    isStopping = true;
    log.info('stopping');
    await patiently(Promise.all([close(server), intakes.stop(), worker.stop()]));
    server.closeAllConnections();
    log.info('stopped');
  } finally {
    clearInterval(daily);
    await patiently(Promise.all([intakes.stop(), worker.stop(), validations.close()]));
  }
}

/** Secrets go to the terminal, never to the log. */
async function welcome({ accounts }: Service, origin: string, out: Output, isDemo: boolean): Promise<void> {
  const base = origin.replace(/\/$/, '');
  const token = await issueFirstToken(accounts);
  out.line(`Trajno listens on ${base}`);
  if (token) out.line(`API token, shown this once: ${token}`);
  if (!isDemo && !(await lacksAdministrator(accounts))) return out.line(`Sign in at ${base}/sign-in`);
  // the demo lets its visitor look around; an archive asks for its first administrator
  const link = isDemo ? await issueLink(accounts, 'operator', 'administrator') : await inviteFounder(accounts);
  out.line(`Open this link in your browser; it works once, within the hour: ${base}/sign-in?link=${link}`);
}

/** @returns the origin under which the service answers @throws ArchiveError ADDRESS_IN_USE */
async function listen(server: Server, { host, port }: Config): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const isTaken = cause.code === 'EADDRINUSE' || cause.code === 'EACCES' || cause.code === 'EADDRNOTAVAIL';
      const detail = `Port ${port} on ${host} cannot be used (${cause.code}). Stop the program that has it, or set TRAJNO_PORT.`;
      reject(isTaken ? new ArchiveError('ADDRESS_IN_USE', detail, { cause }) : cause);
    });
    server.listen(port, host, resolve);
  });
  const { address, port: real, family } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${real}`;
}

/** Takes no new connection and waits until every request is answered. */
function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  server.closeIdleConnections();
  return closed;
}

/** Waits for work to end, but not for ever. */
async function patiently(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const enough = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMilliseconds);
  });
  await Promise.race([work, enough]);
  clearTimeout(timer);
}

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}

type Log = ReturnType<typeof openLog>;

/** Structured lines on stderr. */
function openLog({ logLevel }: Config) {
  return pino({ level: logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination(2));
}

function failureLog(log: Log) {
  return (what: string, error: unknown) => log.error({ what, failure: describeFailure(error) }, 'work failed');
}

const problemsFile = fileURLToPath(new URL('../docs/problems.md', import.meta.url));
