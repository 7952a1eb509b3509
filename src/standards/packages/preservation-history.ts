import { type PremisAgent, type PremisEvent, type PremisObject, readPremis } from '../formats/premis/index.ts';
import type { PreservationAgent, PreservationEvent, RepresentationInformation } from './aip-description.ts';

/**
 * The events and agents of `metadata/preservation/premis.xml`: what the next version of the package goes on from.
 * @throws FormatError when the bytes are no PREMIS document of ours
 */
export function preservationHistory(premis: Uint8Array): {
  readonly events: readonly PreservationEvent[];
  readonly agents: readonly PreservationAgent[];
  /** The trusted lists that the signatures were judged by. */
  readonly trustedLists: readonly RepresentationInformation[];
} {
  const { events, agents, objects } = readPremis(premis);
  return { events: events.map(eventOf), agents: agents.map(agentOf), trustedLists: objects.flatMap(listsOf) };
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

const listType = 'OCFL object: ';

/** An object's id holds the beginning of its digest, which is all that is asked of the digest here. */
function listsOf({ relationships }: PremisObject): RepresentationInformation[] {
  return relationships
    .flatMap(({ related }) => related)
    .filter(({ type }) => type.startsWith(`${listType}Trusted list `))
    .map(({ type, value }) => ({
      name: type.slice(listType.length),
      objectId: value,
      sha512: value.slice(value.lastIndexOf(':') + 1),
    }));
}
