import { readFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pino } from 'pino';
import supertest from 'supertest';
import { dipOrders, openValidations, revocationLists } from '../../src/archive/access/index.ts';
import { issueApiToken, issueLink, type Role, roles } from '../../src/archive/administration/index.ts';
import { readConfig } from '../../src/config.ts';
import { openArchive } from '../../src/open-archive.ts';
import { createApp, limitClients, openIntakeQueue, openUploads, type Service } from '../../src/service/http/index.ts';
import { pages } from '../../src/service/web/index.ts';
import { startWorker } from '../../src/service/worker/index.ts';
import { quickSignIn } from '../support/accounts.ts';
import { emptyFolder } from '../support/folders.ts';

/** The whole service on an ephemeral port, over an archive of its own. */
export interface RunningService {
  readonly service: Service;
  readonly server: Server;
  readonly origin: string;
  readonly folder: string;
  /** Log lines so far. */
  readonly log: string[];
  /** Requests with the token of this role. */
  as(role: Role): ReturnType<typeof supertest.agent>;
  /** Requests of nobody. */
  readonly anyone: ReturnType<typeof supertest.agent>;
  token(role: Role): string;
  /** A link that opens a session once. */
  link(role?: Role): Promise<string>;
  /** The service as it would be with another context: for failing parts. */
  appWith(changed: Partial<Service>): Server;
  close(): Promise<void>;
}

/** @param environment settings beside those of every test */
export async function runService(environment: NodeJS.ProcessEnv = {}): Promise<RunningService> {
  const folder = emptyFolder();
  const config = readConfig({ TRAJNO_ONLINE: 'no', TRAJNO_DATA: join(folder, 'data'), ...environment });
  const archive = await openArchive(config, () => new Date());
  const log: string[] = [];
  const logger = pino({ level: 'debug', base: null }, { write: (line: string) => void log.push(line) });
  const onFailure = () => undefined;
  const worker = startWorker({ ...archive, onFailure });
  const service: Service = {
    context: archive.context,
    accounts: { ...archive.context, policy: quickSignIn },
    ingest: archive.ingest,
    evidence: archive.evidence,
    fixity: archive.fixity,
    copies: archive.copies,
    revocationLists: revocationLists(archive.copies),
    validations: await openValidations(join(config.dataFolder, 'validations'), {
      ...config,
      ...(archive.context.trustedLists ? { listsInUse: archive.context.trustedLists } : {}),
    }),
    dips: dipOrders(join(config.dataFolder, 'dips'), archive.context),
    uploads: openUploads(join(config.dataFolder, 'uploads'), (bytes) => archive.context.storage.checkSpace(bytes)),
    intakes: openIntakeQueue(archive.ingest, onFailure),
    wakeWorker: worker.wake,
    log: logger,
    isStopping: () => false,
  };
  const problems = await readFile(new URL('../../docs/problems.md', import.meta.url), 'utf8');
  const appWith = (changed: Partial<Service>) =>
    createServer(createApp({ ...service, ...changed }, { pages, problems }).callback());
  const server = appWith({});
  limitClients(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const tokens = new Map<Role, string>();
  for (const role of roles) tokens.set(role, await issueApiToken(archive.context, role, role));
  const token = (role: Role) => tokens.get(role) as string;
  return {
    service,
    server,
    origin,
    folder,
    log,
    token,
    anyone: supertest.agent(server),
    as: (role) => supertest.agent(server).set('Authorization', `Bearer ${token(role)}`),
    link: async (role = 'administrator') => `/sign-in?link=${await issueLink(archive.context, 'operator', role)}`,
    appWith,
    close: async () => {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
      await service.validations.close();
      await service.intakes.stop();
      await worker.stop();
      await archive.close();
    },
  };
}
