import type { PreservationAgent, PreservationEvent } from '../../standards/packages/index.ts';
import type { ConfirmedSubmission } from './confirm.ts';
import { peopleAsked } from './people-asked.ts';

type Work = Pick<ConfirmedSubmission, 'accepted' | 'profile' | 'record'>;

/** Who checked, approved or confirmed. */
export function peopleAgents({ accepted }: Work): PreservationAgent[] {
  return accepted.map(({ actor }, index) => ({ id: `person-${index + 1}`, name: actor, type: 'person' as const }));
}

/** What they did, each under their name (U86-03, U86-06, UTT 5 point 7). */
export function peopleEvents({ accepted }: Work): Omit<PreservationEvent, 'id'>[] {
  return accepted.map(({ code, time, reason }, index) => ({
    type: 'validation',
    dateTime: new Date(time),
    detail: `${peopleAsked.find((step) => step.code === code)?.detail ?? code}: ${reason}`,
    outcome: 'success',
    agentIds: [`person-${index + 1}`],
  }));
}

/** Who digitised it, and with what. */
export function digitisationAgents({ profile, record }: Work): PreservationAgent[] {
  if (!profile.digitised) return [];
  const { snimio, uredjaj } = record.metadata;
  return [
    ...(snimio ? [{ id: 'digitiser', name: String(snimio), type: 'person' as const }] : []),
    ...(uredjaj ? [{ id: 'device', name: String(uredjaj), type: 'hardware' as const }] : []),
  ];
}

/** The record of digitisation (U86-04): device, settings, resolution, the state of the original. */
export function digitisationEvents(work: Work): Omit<PreservationEvent, 'id'>[] {
  const agents = digitisationAgents(work);
  if (agents.length === 0) return [];
  const { rezolucija, podesavanja, brojListova, stanjeIzvornika, opisOstecenja, datumDigitalizacije } =
    work.record.metadata;
  const told = [
    rezolucija === undefined ? '' : `${rezolucija} dpi`,
    podesavanja ?? '',
    brojListova === undefined ? '' : `sheets: ${brojListova}`,
    stanjeIzvornika === undefined ? '' : `original: ${stanjeIzvornika}`,
    opisOstecenja ?? '',
  ];
  const day = typeof datumDigitalizacije === 'string' ? datumDigitalizacije : undefined;
  return [
    {
      type: 'capture',
      dateTime: day ? new Date(`${day}T00:00:00Z`) : work.record.receivedAt,
      detail: `digitised from paper; ${told.filter((part) => part !== '').join('; ')}`,
      outcome: 'success',
      agentIds: agents.map(({ id }) => id),
    },
  ];
}
