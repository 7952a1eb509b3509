import { type PremisAgent, type PremisEvent, readPremis } from '../formats/premis/index.ts';
import type { PreservationAgent, PreservationEvent } from './aip-description.ts';

/**
 * The events and agents of `metadata/preservation/premis.xml`: what the next version of the package goes on from.
 * @throws FormatError when the bytes are no PREMIS document of ours
 */
export function preservationHistory(premis: Uint8Array): {
  readonly events: readonly PreservationEvent[];
  readonly agents: readonly PreservationAgent[];
} {
  const { events, agents } = readPremis(premis);
  return { events: events.map(eventOf), agents: agents.map(agentOf) };
}

function eventOf({ identifier, agents, objects, ...facts }: PremisEvent): PreservationEvent {
  return {
    ...facts,
    id: identifier.value,
    agentIds: agents.map(({ value }) => value),
    ...(objects.length === 0 ? {} : { objectIds: objects.map(({ value }) => value) }),
  };
}

function agentOf({ identifier, ...facts }: PremisAgent): PreservationAgent {
  return { ...facts, id: identifier.value };
}
