import { ArchiveError, type ArchiveErrorCode, type ErrorPlace } from '../../base/index.ts';

/** RFC 9457 problem details. `code` is our closed list's word, `type` leads to its heading in docs/problems.md. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: ArchiveErrorCode | 'FAULT';
  readonly detail?: string;
  readonly instance: string;
  readonly errors?: readonly ErrorPlace[];
}

/** The only place with HTTP statuses of refusals: a new code does not compile until it has one. */
export const problemKinds = {
  EMPTY_FILE: { status: 422, title: 'A file is empty' },
  NAME_UNSAFE: { status: 422, title: 'A file has an unsafe name' },
  NAME_CLASH: { status: 422, title: 'Two files have the same name' },
  ARCHIVE_BOMB: { status: 422, title: 'A container unpacks to too much' },
  FILE_TOO_LARGE: { status: 413, title: 'A file is too large' },
  VALIDATION_TOO_COSTLY: { status: 413, title: 'This costs more than one validation may' },
  PACKAGE_INVALID: { status: 422, title: 'A package is not valid' },
  PACKAGE_NOT_SUBMITTABLE: { status: 422, title: 'A package is not one for submission' },
  TOO_MANY_FILES: { status: 422, title: 'Too many files' },
  FORMAT_NOT_ALLOWED: { status: 422, title: 'The profile does not allow this format' },
  DOCUMENT_ENCRYPTED: { status: 422, title: 'A document is encrypted' },
  DOCUMENT_BROKEN: { status: 422, title: 'A document is broken' },
  METADATA_INVALID: { status: 422, title: 'The metadata do not fit the profile' },
  PROFILE_UNKNOWN: { status: 422, title: 'There is no such profile' },
  CHECKSUM_MISMATCH: { status: 422, title: 'A checksum does not match' },
  SIGNATURE_FAILED: { status: 422, title: 'A signature does not fit its document' },
  SIGNATURE_MISSING: { status: 422, title: 'A signature is missing' },
  SIGNATURE_INDETERMINATE: { status: 422, title: 'A signature could not be decided' },
  SIGNATURE_LEVEL: { status: 422, title: 'No signature is strong enough' },
  SECOND_CHECK_NEEDED: { status: 422, title: 'Another person must check it' },
  APPROVAL_NEEDED: { status: 422, title: 'An authorised person must approve of it' },
  CONFIRMATION_NEEDED: { status: 422, title: 'A person must confirm it' },
  COMPARISON_NEEDED: { status: 422, title: 'A rendition must be compared' },
  RENDITION_NEEDED: { status: 422, title: 'A PDF/A is needed beside it' },
  INVOICE_INVALID: { status: 422, title: 'It is not an invoice of the national system' },
  FILE_INFECTED: { status: 422, title: 'A file carries malware' },
  FILE_NOT_SCANNED: { status: 422, title: 'A file is too large for the malware scanner' },
  IDEMPOTENCY_CONFLICT: { status: 409, title: 'The idempotency key was used for something else' },
  SUBMISSION_EMPTY: { status: 422, title: 'No file was sent' },
  SUBMISSION_INCOMPLETE: { status: 400, title: 'The upload ended early' },
  REQUEST_MALFORMED: { status: 400, title: 'The request is malformed' },
  REQUEST_TOO_LARGE: { status: 413, title: 'The request is too large' },
  MEDIA_TYPE_UNSUPPORTED: { status: 415, title: 'The content is of another type than asked for' },
  PRECONDITION_REQUIRED: { status: 428, title: 'Say which version you saw' },
  PRECONDITION_FAILED: { status: 412, title: 'It was changed meanwhile' },
  CROSS_SITE_REQUEST: { status: 403, title: 'The request came from another site' },
  ADDRESS_UNKNOWN: { status: 404, title: 'There is nothing at this address' },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This cannot be done here' },
  JOB_UNKNOWN: { status: 404, title: 'There is no such job' },
  RECORD_UNKNOWN: { status: 404, title: 'There is no such record' },
  FILE_UNKNOWN: { status: 404, title: 'There is no such file' },
  ENTRY_UNKNOWN: { status: 404, title: 'There is no such entry' },
  CATEGORY_UNKNOWN: { status: 422, title: 'The category is not in the list in force' },
  LIST_INVALID: { status: 422, title: 'Rows of the list are disputed' },
  LOCATION_NOT_PERMITTED: { status: 409, title: 'A storage location may not keep permanent records' },
  INTERNAL_RULES_MISSING: { status: 409, title: 'The internal rules are not on file' },
  UNDER_LEGAL_HOLD: { status: 409, title: 'A legal hold forbids it' },
  DISPOSAL_REFUSED: { status: 409, title: 'This may not be destroyed' },
  FOUR_EYES_REQUIRED: { status: 403, title: 'Another person must do this' },
  COPY_UNKNOWN: { status: 404, title: 'There is no such certified copy' },
  COPY_FIXITY_FAILED: { status: 409, title: 'The stored original is not as it was' },
  COPY_SIGNATURE_FAILED: { status: 409, title: 'A signature of the record has failed' },
  COPY_NEEDS_DECISION: { status: 409, title: 'A person has to decide about this copy' },
  PERSON_SIGNATURE_REQUIRED: { status: 409, title: 'The authorised person has to sign this copy' },
  PERSON_SIGNATURE_REFUSED: { status: 422, title: 'The signature cannot be taken' },
  PAYMENT_INVALID: { status: 422, title: 'This cannot be paid so' },
  STATE_CONFLICT: { status: 409, title: 'The state does not allow this' },
  RANGE_NOT_SATISFIABLE: { status: 416, title: 'The range lies outside the file' },
  PERSON_UNKNOWN: { status: 404, title: 'There is no such person' },
  TOKEN_UNKNOWN: { status: 404, title: 'There is no such token' },
  PASSWORD_REFUSED: { status: 422, title: 'The password cannot be used' },
  PASSKEY_REFUSED: { status: 401, title: 'The passkey cannot be used' },
  EMBARGOED: { status: 403, title: 'The record is under embargo' },
  REASON_REQUIRED: { status: 403, title: 'Say why you need this record' },
  FRESH_PROOF_REQUIRED: { status: 403, title: 'Confirm that it is you' },
  TOO_MANY_ATTEMPTS: { status: 429, title: 'Too many attempts' },
  IDENTITY_PROVIDER_FAILED: { status: 502, title: 'The identity provider’s answer cannot be used' },
  NOT_AUTHENTICATED: { status: 401, title: 'Sign in first' },
  NOT_AUTHORIZED: { status: 403, title: 'The role does not allow this' },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests' },
  DISK_FULL: { status: 507, title: 'A storage location is full' },
  LOCATION_UNAVAILABLE: { status: 503, title: 'A storage location is away' },
  TIMESTAMP_UNAVAILABLE: { status: 503, title: 'No time-stamping authority answers' },
  SEAL_UNAVAILABLE: { status: 503, title: 'The seal cannot be made' },
  LOCATION_CORRUPT: { status: 500, title: 'A stored copy is damaged' },
  SCANNER_UNAVAILABLE: { status: 503, title: 'The malware scanner does not answer' },
  STORE_TOO_NEW: { status: 500, title: 'The store was written by a newer program' },
  SERVICE_ALREADY_RUNNING: { status: 409, title: 'The service already runs' },
  SERVICE_STOPPING: { status: 503, title: 'The service is stopping' },
  ADDRESS_IN_USE: { status: 500, title: 'The port is taken' },
  CATALOG_BUSY: { status: 503, title: 'The catalog is busy' },
  CATALOG_UNAVAILABLE: { status: 503, title: 'The catalog does not answer' },
  JOURNAL_BROKEN: { status: 500, title: 'The journal is broken' },
  USAGE: { status: 400, title: 'This cannot be asked so' },
} as const satisfies Record<ArchiveErrorCode, { status: number; title: string }>;

/** Server-side refusals that tell whoever asks what to do; of the others only the request's id is told. */
const tellable: readonly ArchiveErrorCode[] = [
  'DISK_FULL',
  'LOCATION_UNAVAILABLE',
  'SCANNER_UNAVAILABLE',
  'TIMESTAMP_UNAVAILABLE',
  'SEAL_UNAVAILABLE',
  'SERVICE_STOPPING',
  'CATALOG_BUSY',
  'CATALOG_UNAVAILABLE',
  'IDENTITY_PROVIDER_FAILED',
];

/**
 * The problem that a failure is, for whoever asked. A fault of ours shows nothing but the request's id.
 * @param requestId becomes `instance`, and stands in the log beside the cause
 */
export function problemOf(error: unknown, requestId: string): Problem {
  const instance = `urn:trajno:request:${requestId}`;
  const refusal = refusalIn(error);
  if (!refusal)
    return { type: typeOf('FAULT'), title: 'Something went wrong here', status: 500, code: 'FAULT', instance };
  const { status, title } = problemKinds[refusal.code];
  const isTold = status < 500 || tellable.includes(refusal.code);
  return {
    type: typeOf(refusal.code),
    title,
    status,
    code: refusal.code,
    ...(isTold ? { detail: withoutPlaces(refusal) } : {}),
    instance,
    ...(refusal.places.length > 0 ? { errors: refusal.places } : {}),
  };
}

/** Where a code is explained. */
export function typeOf(code: string): string {
  return `/api/problems/${code}`;
}

/** Koa and its parts throw errors with a status of their own; these are the ones a caller can cause. */
function refusalIn(error: unknown): ArchiveError | undefined {
  if (error instanceof ArchiveError) return error;
  const { status, code } = (error ?? {}) as { status?: unknown; code?: unknown };
  if (status === 400 || error instanceof URIError)
    return new ArchiveError('REQUEST_MALFORMED', 'The address cannot be read.');
  if (typeof code === 'string' && code.startsWith('SQLITE_BUSY'))
    return new ArchiveError('CATALOG_BUSY', 'Many changes are being written. Try again in a moment.');
  if (typeof code === 'string' && databaseAway.test(code))
    return new ArchiveError('CATALOG_UNAVAILABLE', 'The catalog’s database does not answer. Try again later.');
  return undefined;
}

/** PostgreSQL's codes: the connection failed, the server shuts down or starts, it has too many connections. */
const databaseAway = /^(08\w{3}|57P0[123]|53300|ECONNREFUSED)$/;

/** Paths of our own machine stand in quotes in some sentences; nobody outside needs them. */
function withoutPlaces({ message }: ArchiveError): string {
  return message.replace(/"\/[^"]*"/g, 'a file');
}
