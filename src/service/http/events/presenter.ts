import type { RecordHistory } from '../../../archive/access/index.ts';
import { utcSeconds } from '../../../base/index.ts';

export function presentEvent(event: RecordHistory['preservation'][number]): object {
  return {
    id: event.id,
    type: event.type,
    time: utcSeconds(event.dateTime),
    outcome: event.outcome,
    ...(event.detail ? { detail: event.detail } : {}),
    ...(event.outcomeDetail ? { outcomeDetail: event.outcomeDetail } : {}),
    agents: event.agentIds,
  };
}
