import { ArchiveError } from '../../base/index.ts';

/** Who asks: a person or program that proved who it is, or the operator at the machine itself. */
export interface Actor {
  readonly name: string;
  readonly institution: string;
  readonly role: Role;
}

export type Role = 'administrator' | 'officer' | 'auditor';

/** Everything that can be asked for: a closed list. */
export type Action =
  | 'record.submit'
  | 'record.find'
  | 'record.read'
  | 'record.correct'
  | 'record.decide'
  | 'record.export'
  | 'record.dispose'
  | 'office.read'
  | 'office.change'
  | 'hold.change'
  | 'disposal.propose'
  | 'disposal.decide'
  | 'copy.issue'
  | 'copy.read'
  | 'copy.revoke'
  | 'journal.read'
  | 'audit.start'
  | 'audit.read'
  | 'location.read'
  | 'location.change'
  | 'job.read'
  | 'job.cancel'
  | 'package.validate'
  | 'signature.validate'
  | 'token.issue';

const reading: readonly Action[] = [
  'record.find',
  'record.read',
  'record.export',
  'office.read',
  'copy.read',
  'journal.read',
  'audit.read',
  'location.read',
  'job.read',
  'package.validate',
  'signature.validate',
];

const allowed: Readonly<Record<Role, readonly Action[]>> = {
  administrator: [
    ...reading,
    'record.submit',
    'record.correct',
    'record.decide',
    'record.dispose',
    'office.change',
    'hold.change',
    'disposal.propose',
    'disposal.decide',
    'copy.issue',
    'copy.revoke',
    'audit.start',
    'location.change',
    'job.cancel',
    'token.issue',
  ],
  officer: [
    ...reading,
    'record.submit',
    'record.correct',
    'record.decide',
    'office.change',
    'hold.change',
    'disposal.propose',
    'copy.issue',
    'copy.revoke',
  ],
  auditor: [...reading, 'audit.start'],
};

/**
 * Asked before anything is done for anyone. Denies by default: an unknown role, an action not in its list, another
 * institution's record.
 * @throws ArchiveError NOT_AUTHORIZED; RECORD_UNKNOWN for another institution's record, whose existence is nobody's business
 */
export function authorize(actor: Actor, action: Action, record?: { readonly institution: string }): void {
  if (!allowed[actor.role]?.includes(action))
    throw new ArchiveError('NOT_AUTHORIZED', `The role “${actor.role}” may not do this. Ask an administrator.`);
  if (record && record.institution !== actor.institution)
    throw new ArchiveError('RECORD_UNKNOWN', 'There is no such record.');
}
