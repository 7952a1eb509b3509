import {
  type AipDescription,
  aipPathOf,
  type PreservationAgent,
  type PreservationEvent,
  type RecordFile,
} from '../../standards/packages/index.ts';
import type { CheckedFile } from './check.ts';
import type { ConfirmedSubmission } from './confirm.ts';
import { digitisationAgents, digitisationEvents, peopleAgents, peopleEvents } from './events-by-people.ts';
import type { ScannedFile } from './malware/index.ts';
import type { IngestContext } from './submission.ts';

type Provenance = Pick<AipDescription, 'agents' | 'events'>;

/** What was done to the record until it was packaged, in the terms of the LoC vocabulary, and by whom. */
export function provenanceOf({ institution, software }: IngestContext, work: ConfirmedSubmission): Provenance {
  const { submission, record } = work;
  const received = new Date(submission.receivedAt);
  const agents: PreservationAgent[] = [
    { id: 'software', name: software.name, type: 'software', version: software.version },
    { id: 'institution', name: institution.name, type: 'organization' },
    { id: 'operator', name: submission.actor, type: 'person' },
    ...scannerAgents(work.files),
    ...digitisationAgents(work),
    ...peopleAgents(work),
  ];
  const events: Omit<PreservationEvent, 'id'>[] = [
    {
      type: 'transfer',
      dateTime: received,
      detail: 'received and written to staging',
      outcome: 'success',
      agentIds: ['operator', 'software'],
    },
    {
      type: 'message digest calculation',
      dateTime: received,
      detail: 'SHA-256, SHA-512',
      outcome: 'success',
      agentIds: ['software'],
    },
    ...packageEvents(work),
    ...checksumEvent(work),
    ...scanEvents(work.files, work.validationTime),
    {
      type: 'format identification',
      dateTime: work.validationTime,
      detail: identificationDetail(work.files),
      outcome: 'success',
      agentIds: ['software'],
    },
    {
      type: 'validation',
      dateTime: work.validationTime,
      detail: `profile ${record.profile.id} ${record.profile.version}`,
      outcome: 'success',
      agentIds: ['software'],
    },
    ...signatureEvents(record.files, work.validationTime),
    ...work.content.events,
    ...digitisationEvents(work),
    ...peopleEvents(work),
    ...(work.confirmation
      ? [
          {
            type: 'digital signature generation',
            dateTime: record.packagedAt,
            detail: 'seal over record.json',
            outcome: 'success',
            agentIds: ['software'],
          },
        ]
      : []),
    {
      type: 'information package creation',
      dateTime: record.packagedAt,
      detail: 'E-ARK AIP 2.2.0',
      outcome: 'success',
      agentIds: ['software', 'institution'],
    },
    {
      type: 'ingestion',
      dateTime: record.packagedAt,
      detail: `receipt P-${record.number}`,
      outcome: 'success',
      agentIds: ['software'],
    },
  ];
  return { agents, events: events.map((event, index) => ({ id: `e${index + 1}`, ...event })) };
}

/** What was done with the package in which the documents came. */
function packageEvents({ submission, validationTime }: ConfirmedSubmission): Omit<PreservationEvent, 'id'>[] {
  const { package: received } = submission;
  if (!received) return [];
  const { archive, specification } = received;
  const common = { dateTime: validationTime, outcome: 'success', agentIds: ['software'] };
  return [
    ...(archive ? [{ type: 'unpacking', detail: `${archive.name}, SHA-256 ${archive.sha256}`, ...common }] : []),
    { type: 'validation', detail: `${packageNames[received.kind]}, ${specification}`, ...common },
  ];
}

const packageNames = { bag: 'BagIt bag', SIP: 'E-ARK SIP' } as const;

function checksumEvent({ submission }: ConfirmedSubmission): Omit<PreservationEvent, 'id'>[] {
  if (submission.checksumsCompared === 0) return [];
  const { algorithms = [] } = submission.package ?? {};
  const named = algorithms.map((algorithm) => algorithm.toUpperCase().replace(/^SHA/, 'SHA-')).join(', ');
  const detail = `compared with the producer's checksums${named === '' ? '' : ` (${named})`}`;
  return [
    {
      type: 'fixity check',
      dateTime: new Date(submission.receivedAt),
      detail,
      outcome: 'success',
      agentIds: ['software'],
    },
  ];
}

/** The scanner, if one looked into any of the files. */
export function scannerAgents(files: readonly ScannedFile[], id = 'scanner'): PreservationAgent[] {
  const scan = files.map((file) => file.scan).find(({ outcome }) => outcome === 'clean');
  return scan?.outcome === 'clean' ? [{ id, type: 'software', ...scan.scanner }] : [];
}

/**
 * An event for what was scanned, and one for each cause for which files were not; files are named where the outcomes
 * differ. What was infected does not come into a package.
 */
export function scanEvents(
  files: readonly ScannedFile[],
  dateTime: Date,
  scannerId = 'scanner',
): Omit<PreservationEvent, 'id'>[] {
  const outcomes = [...new Set(files.map(outcomeOf))];
  return outcomes.map((cause) => {
    const concerned = files.filter((file) => outcomeOf(file) === cause);
    return {
      type: 'virus check',
      dateTime,
      outcome: cause === 'clean' ? 'success' : 'not scanned',
      ...(cause === 'clean' ? {} : { outcomeDetail: cause }),
      agentIds: [cause === 'clean' ? scannerId : 'software'],
      ...(outcomes.length > 1 ? { objectIds: concerned.map(aipPathOf) } : {}),
    };
  });
}

function outcomeOf({ scan }: ScannedFile): string {
  return scan.outcome === 'clean' ? 'clean' : scan.cause;
}

/** What formats were told by: it says what could be known at the time. */
export function identificationDetail([file]: readonly Pick<CheckedFile, 'format'>[]): string {
  return file
    ? `PRONOM signatures ${file.format.signatures.droid}, container signatures ${file.format.signatures.container}`
    : 'PRONOM';
}

/** One event for each signature; its outcome is the indication. */
export function signatureEvents(files: readonly RecordFile[], validationTime: Date): Omit<PreservationEvent, 'id'>[] {
  return files.flatMap((file) =>
    file.signatures.map((signature) => ({
      type: 'digital signature validation',
      dateTime: validationTime,
      outcome: signature.indication,
      ...(signature.subIndication ? { outcomeDetail: signature.subIndication } : {}),
      agentIds: ['software'],
      objectIds: [aipPathOf(file)],
    })),
  );
}
