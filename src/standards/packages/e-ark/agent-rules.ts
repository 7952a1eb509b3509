import { attributeOf, childrenAt, elementsAt, type Placed } from './element-path.ts';
import type { Judgement, MetsSource } from './mets-source.ts';

/** What makes an agent the one that a requirement means: each with the requirement that asks for it. */
interface Trait {
  readonly id: string;
  readonly holds: (agent: Placed) => boolean;
  readonly message: string;
}

const isAttribute =
  (name: string, ...values: string[]) =>
  (agent: Placed) =>
    values.includes(attributeOf(agent.node, name) ?? '');

const softwareTraits: readonly Trait[] = [
  { id: 'CSIP11', holds: isAttribute('ROLE', 'CREATOR'), message: 'No software agent has the role CREATOR.' },
  { id: 'CSIP12', holds: isAttribute('TYPE', 'OTHER'), message: 'No software agent has the type OTHER.' },
  { id: 'CSIP13', holds: isAttribute('OTHERTYPE', 'SOFTWARE'), message: 'No software agent has OTHERTYPE SOFTWARE.' },
];

/** CSIP10 to CSIP16: one agent tells which software made the package, in which version. */
export function checkSoftwareAgent(mets: MetsSource, { report }: Judgement): void {
  const agents = elementsAt(mets.root, 'mets/metsHdr/agent');
  const [agent] = candidates(agents, softwareTraits, mets, report);
  if (!agent) return;
  const place = `${mets.path}#${agent.place}`;
  if (!hasName(agent)) report('CSIP14', place, 'The software agent has no name.');
  const notes = childrenAt(agent, 'note');
  const [note] = notes;
  if (notes.length !== 1)
    report('CSIP15', place, `The software agent has ${notes.length} notes, not one with its version.`);
  else if (note?.node.text.trim() === '')
    report('CSIP15', place, 'The note with the version of the software is empty.');
  if (!notes.some(({ node }) => attributeOf(node, 'csip:NOTETYPE') === 'SOFTWARE VERSION'))
    report('CSIP16', place, 'The note of the software agent is not typed SOFTWARE VERSION.');
}

/** The agents that have the most of the traits; what one of the best lacks while none has all is reported. */
function candidates(
  agents: readonly Placed[],
  traits: readonly Trait[],
  mets: MetsSource,
  report: Judgement['report'],
): Placed[] {
  const scored = agents.map((agent) => ({ agent, score: traits.filter(({ holds }) => holds(agent)).length }));
  const most = scored.reduce((best, { score }) => Math.max(best, score), 0);
  const best = scored.filter(({ score }) => score === most).map(({ agent }) => agent);
  if (most === traits.length) return best;
  for (const { id, holds, message } of traits)
    if (best.length === 0 || best.some((agent) => !holds(agent))) report(id, `${mets.path}#/mets/metsHdr`, message);
  return best;
}

const isBody = isAttribute('TYPE', 'ORGANIZATION', 'INDIVIDUAL');
const hasRole = (role: string) => isAttribute('ROLE', role);
const isSoftware = isAttribute('OTHERTYPE', 'SOFTWARE');

/** SIP9 to SIP31: who created the archives, who submits, whom to ask, who preserves. */
export function checkSubmissionAgents(mets: MetsSource, { report }: Judgement): void {
  const agents = elementsAt(mets.root, 'mets/metsHdr/agent').filter((agent) => !isSoftware(agent));
  const at = (agent: Placed) => `${mets.path}#${agent.place}`;
  for (const agent of agents.filter(hasRole('ARCHIVIST'))) {
    if (!isBody(agent)) report('SIP11', at(agent), 'The archival creator is neither ORGANIZATION nor INDIVIDUAL.');
    if (!hasName(agent)) report('SIP12', at(agent), 'The archival creator has no name.');
    checkNotes(agent, 'SIP14', at(agent), report);
  }
  checkSubmittingAgent(agents, mets, at, report);
  for (const agent of agents.filter(hasRole('PRESERVATION'))) {
    if (!isAttribute('TYPE', 'ORGANIZATION')(agent))
      report('SIP28', at(agent), 'The preservation agent is no ORGANIZATION.');
    if (!hasName(agent)) report('SIP29', at(agent), 'The preservation agent has no name.');
    checkNotes(agent, 'SIP31', at(agent), report);
  }
}

function checkSubmittingAgent(
  agents: readonly Placed[],
  mets: MetsSource,
  at: (agent: Placed) => string,
  report: Judgement['report'],
): void {
  const creators = agents.filter(hasRole('CREATOR'));
  const submitting = creators.filter(isBody);
  if (submitting.length === 0) {
    report(
      'SIP15',
      `${mets.path}#/mets/metsHdr`,
      'No agent is the submitting one: CREATOR, ORGANIZATION or INDIVIDUAL.',
    );
    for (const agent of creators)
      report('SIP17', at(agent), 'The submitting agent is neither ORGANIZATION nor INDIVIDUAL.');
    const roleless = agents.filter(
      (agent) => isBody(agent) && !['ARCHIVIST', 'PRESERVATION'].some((role) => hasRole(role)(agent)),
    );
    for (const agent of roleless) report('SIP16', at(agent), 'The submitting agent has not the role CREATOR.');
  }
  for (const agent of submitting) {
    const isPerson = isAttribute('TYPE', 'INDIVIDUAL')(agent);
    if (!hasName(agent)) report(isPerson ? 'SIP24' : 'SIP18', at(agent), 'The agent has no name.');
    if (!hasName(agent) && submitting.length === 1) report('SIP18', at(agent), 'The submitting agent has no name.');
    if (!isPerson) checkNotes(agent, 'SIP20', at(agent), report);
  }
}

function checkNotes(agent: Placed, id: string, place: string, report: Judgement['report']): void {
  const untyped = childrenAt(agent, 'note').some(
    ({ node }) => attributeOf(node, 'csip:NOTETYPE') !== 'IDENTIFICATIONCODE',
  );
  if (untyped) report(id, place, 'A note of the agent is not typed IDENTIFICATIONCODE.');
}

function hasName(agent: Placed): boolean {
  return childrenAt(agent, 'name').some(({ node }) => node.text.trim() !== '');
}
