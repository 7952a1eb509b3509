export { describeFailure } from './access-log.ts';
export { type AppParts, createApp } from './app.ts';
export { openIntakeQueue } from './intake-queue.ts';
export { routes } from './routes.ts';
export type { Service } from './service.ts';
export { limitClients } from './slow-clients.ts';
