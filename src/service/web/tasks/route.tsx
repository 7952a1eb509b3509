import { countByState, findRecords } from '../../../archive/data-management/index.ts';
import { actorOf } from '../../http/index.ts';
import { answerWith } from '../answer.ts';
import type { PageRequest, PageRoute } from '../page-route.ts';
import { type TaskKind, TasksPage } from './page.tsx';

export const taskPages: readonly PageRoute[] = [{ method: 'get', path: '/tasks', action: 'record.find', answer: show }];

const states = ['quarantined', 'failed', 'awaiting'] as const;
const mostShown = 20;

async function show({ ctx, service, view }: PageRequest): Promise<void> {
  const { catalog } = service.context;
  const { institution } = actorOf(ctx);
  const counts = await countByState(catalog, institution);
  const kinds: TaskKind[] = [];
  for (const state of states) {
    const { records } = await findRecords(catalog, { institution, states: [state], limit: mostShown });
    kinds.push({ state, count: counts[state] ?? 0, records });
  }
  answerWith(ctx, <TasksPage view={view} kinds={kinds} />);
}
