import { ArchiveError } from '../../base/index.ts';

/** Who asks: a person or program that proved who it is, or the operator at the machine itself. */
export interface Actor {
  /** What the journal calls them: a person's sign-in name, a token's name. */
  readonly name: string;
  readonly institution: string;
  /** What one role allows is allowed. */
  readonly roles: readonly Role[];
  /** Actions to which a token is limited besides. */
  readonly scopes?: readonly Action[];
  /** The person's id, where a person asks. */
  readonly person?: string;
  /** How surely, and when last, a person proved who they are. Programs have neither: their token is their proof. */
  readonly assurance?: Assurance;
  readonly provedAt?: string;
}

/**
 * `basic`: by what one knows. `high`: by two factors, a passkey that checked its user, or an identity provider that says
 * so (Serbian eID: basic and high assurance, EID-03).
 */
export type Assurance = 'basic' | 'high';

/** A closed list. */
export const roles = [
  'administrator',
  'steward',
  'officer',
  'second-checker',
  'authorised-person',
  'lawyer',
  'auditor',
  'supervisor',
] as const;

export type Role = (typeof roles)[number];

/** Everything that can be asked for: a closed list. */
export const actions = [
  'record.submit',
  'record.find',
  'record.read',
  'record.correct',
  'record.decide',
  'record.approve',
  'record.export',
  'record.dispose',
  'profile.change',
  'access.rule',
  'access.log',
  'embargo.pass',
  'office.read',
  'office.change',
  'hold.change',
  'disposal.propose',
  'disposal.decide',
  'copy.issue',
  'copy.read',
  'copy.revoke',
  'copy.print',
  'journal.read',
  'audit.start',
  'audit.read',
  'location.read',
  'location.change',
  'job.read',
  'job.cancel',
  'job.retry',
  'package.validate',
  'signature.validate',
  'token.issue',
  'token.revoke',
  'person.read',
  'person.change',
  'account.use',
] as const;

export type Action = (typeof actions)[number];

const always: readonly Action[] = ['account.use', 'package.validate', 'signature.validate'];

const reading: readonly Action[] = [
  ...always,
  'record.find',
  'record.read',
  'record.export',
  'office.read',
  'copy.read',
  'journal.read',
  'audit.read',
  'location.read',
  'job.read',
];

const operating: readonly Action[] = [
  ...always,
  'journal.read',
  'audit.read',
  'audit.start',
  'location.read',
  'location.change',
  'job.read',
  'job.cancel',
  'job.retry',
];

const people: readonly Action[] = ['token.issue', 'token.revoke', 'person.read', 'person.change'];

const allowed: Readonly<Record<Role, readonly Action[]>> = {
  administrator: [
    ...reading,
    ...operating,
    ...people,
    'record.submit',
    'record.correct',
    'record.decide',
    'record.approve',
    'record.dispose',
    'profile.change',
    'access.rule',
    'access.log',
    'embargo.pass',
    'office.change',
    'hold.change',
    'disposal.propose',
    'disposal.decide',
    'copy.issue',
    'copy.revoke',
  ],
  /** An administrator who sees no record: neither content, nor titles, nor who signed. */
  steward: [...operating, ...people],
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
  'second-checker': [...reading, 'record.decide', 'disposal.decide'],
  'authorised-person': [
    ...reading,
    'record.decide',
    'record.approve',
    'record.dispose',
    'disposal.decide',
    'copy.issue',
    'copy.revoke',
    'copy.print',
    'access.rule',
    'access.log',
    'embargo.pass',
  ],
  lawyer: [...always, 'record.find', 'record.read', 'record.export', 'office.read', 'copy.read', 'copy.issue'],
  auditor: [...reading, 'audit.start', 'access.log'],
  /** Of the archive that supervises the institution: sees what is kept and how, and who may do what; changes kinds of record only. */
  supervisor: [...reading, 'person.read', 'profile.change'],
};

/**
 * Asked before anything is done for anyone. Denies by default: an unknown role, an action in none of its lists or outside
 * the token's scopes, another institution's record.
 * @throws ArchiveError NOT_AUTHORIZED; RECORD_UNKNOWN for another institution's record, whose existence is nobody's business
 */
export function authorize(actor: Actor, action: Action, record?: { readonly institution: string }): void {
  if (!isAllowed(actor, action))
    throw new ArchiveError(
      'NOT_AUTHORIZED',
      `The role “${actor.roles.join(', ')}” may not do this. Ask an administrator.`,
    );
  if (record && record.institution !== actor.institution)
    throw new ArchiveError('RECORD_UNKNOWN', 'There is no such record.');
}

/** Whether one of the actor's roles allows this, within the token's scopes. */
export function isAllowed({ roles: held, scopes }: Pick<Actor, 'roles' | 'scopes'>, action: Action): boolean {
  return (
    held.some((role) => Object.hasOwn(allowed, role) && allowed[role].includes(action)) &&
    (scopes?.includes(action) ?? true)
  );
}

/** What it takes to accept a record that waits for this reason. */
export function actionToAccept(reason: string | undefined): Action {
  return reason === 'APPROVAL_NEEDED' ? 'record.approve' : 'record.decide';
}

/** What a person may do by an act of authorisation (ZED-07): who administers people enters the act and does not have the capacity. */
const ofCapacity: readonly Action[] = ['copy.print'];

/** @throws ArchiveError NOT_AUTHORIZED when the actor could by this give away more than it may do itself */
export function requireWithinOwnPowers(actor: Actor, roles: readonly Role[], scopes?: readonly Action[]): void {
  const beyond = actions.find(
    (action) =>
      !ofCapacity.includes(action) &&
      isAllowed({ roles, ...(scopes ? { scopes } : {}) }, action) &&
      !isAllowed(actor, action),
  );
  if (beyond)
    throw new ArchiveError('NOT_AUTHORIZED', `Nobody gives away more than they may do themselves (${beyond}).`);
}

/** Actions for which a person must have proved anew, and surely, who they are (EID-04). */
export const actionsWithFreshProof: readonly Action[] = [
  'record.dispose',
  'disposal.decide',
  'copy.issue',
  'copy.revoke',
];

const freshMinutes = 10;

/**
 * Asked before what cannot be taken back: destroying records, certifying copies. A person must have signed in, or
 * confirmed it, with high assurance within the last ten minutes; a program's token is its proof.
 * @throws ArchiveError FRESH_PROOF_REQUIRED
 */
export function requireFreshProof(actor: Actor, now: Date): void {
  if (actor.person === undefined) return;
  const age = now.getTime() - Date.parse(actor.provedAt ?? '');
  if (actor.assurance !== 'high' || !(age >= 0 && age <= freshMinutes * 60_000))
    throw new ArchiveError(
      'FRESH_PROOF_REQUIRED',
      'Confirm that it is you, with two factors or a passkey, and do it again within ten minutes.',
    );
}
