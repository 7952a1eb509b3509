/**
 * Every reason for which the archive refuses something: a closed list. Each has a heading in `docs/problems.md`
 * and a status in `service/http/problem.ts`; a new one fails to compile until it has both.
 */
export const archiveErrorCodes = [
  'EMPTY_FILE',
  'NAME_UNSAFE',
  'NAME_CLASH',
  'ARCHIVE_BOMB',
  'FILE_TOO_LARGE',
  'VALIDATION_TOO_COSTLY',
  'PACKAGE_INVALID',
  'PACKAGE_NOT_SUBMITTABLE',
  'TOO_MANY_FILES',
  'FORMAT_NOT_ALLOWED',
  'DOCUMENT_ENCRYPTED',
  'DOCUMENT_BROKEN',
  'METADATA_INVALID',
  'PROFILE_UNKNOWN',
  'CHECKSUM_MISMATCH',
  'SIGNATURE_FAILED',
  'SIGNATURE_MISSING',
  'SIGNATURE_INDETERMINATE',
  'SIGNATURE_LEVEL',
  'SECOND_CHECK_NEEDED',
  'APPROVAL_NEEDED',
  'CONFIRMATION_NEEDED',
  'COMPARISON_NEEDED',
  'RENDITION_NEEDED',
  'INVOICE_INVALID',
  'FILE_INFECTED',
  'FILE_NOT_SCANNED',
  'IDEMPOTENCY_CONFLICT',
  'SUBMISSION_EMPTY',
  'SUBMISSION_INCOMPLETE',
  'REQUEST_MALFORMED',
  'REQUEST_TOO_LARGE',
  'MEDIA_TYPE_UNSUPPORTED',
  'PRECONDITION_REQUIRED',
  'PRECONDITION_FAILED',
  'CROSS_SITE_REQUEST',
  'ADDRESS_UNKNOWN',
  'METHOD_NOT_ALLOWED',
  'JOB_UNKNOWN',
  'RECORD_UNKNOWN',
  'FILE_UNKNOWN',
  'ENTRY_UNKNOWN',
  'CATEGORY_UNKNOWN',
  'LIST_INVALID',
  'INTERNAL_RULES_MISSING',
  'LOCATION_NOT_PERMITTED',
  'UNDER_LEGAL_HOLD',
  'EMBARGOED',
  'REASON_REQUIRED',
  'DISPOSAL_REFUSED',
  'FOUR_EYES_REQUIRED',
  'COPY_UNKNOWN',
  'COPY_FIXITY_FAILED',
  'COPY_SIGNATURE_FAILED',
  'COPY_NEEDS_DECISION',
  'PAYMENT_INVALID',
  'PERSON_SIGNATURE_REQUIRED',
  'PERSON_SIGNATURE_REFUSED',
  'STATE_CONFLICT',
  'RANGE_NOT_SATISFIABLE',
  'PERSON_UNKNOWN',
  'TOKEN_UNKNOWN',
  'PASSWORD_REFUSED',
  'PASSKEY_REFUSED',
  'FRESH_PROOF_REQUIRED',
  'TOO_MANY_ATTEMPTS',
  'IDENTITY_PROVIDER_FAILED',
  'NOT_AUTHENTICATED',
  'NOT_AUTHORIZED',
  'TOO_MANY_REQUESTS',
  'DISK_FULL',
  'LOCATION_UNAVAILABLE',
  'TIMESTAMP_UNAVAILABLE',
  'SEAL_UNAVAILABLE',
  'LOCATION_CORRUPT',
  'SCANNER_UNAVAILABLE',
  'STORE_TOO_NEW',
  'SERVICE_ALREADY_RUNNING',
  'SERVICE_STOPPING',
  'ADDRESS_IN_USE',
  'CATALOG_BUSY',
  'CATALOG_UNAVAILABLE',
  'JOURNAL_BROKEN',
  'USAGE',
] as const;

/** One of the closed list of refusals. */
export type ArchiveErrorCode = (typeof archiveErrorCodes)[number];

/** Where in a submission the fault lies: a JSON pointer into the metadata, or a file's name. */
export interface ErrorPlace {
  readonly pointer: string;
  readonly detail: string;
}

/** A refusal: a rule was broken by the caller, the record or the world, and a sentence says what to do. */
export class ArchiveError extends Error {
  readonly code: ArchiveErrorCode;
  readonly places: readonly ErrorPlace[];

  /** @param detail a sentence for people, in English; pages translate by `code`. */
  constructor(
    code: ArchiveErrorCode,
    detail: string,
    options: { cause?: unknown; places?: readonly ErrorPlace[] } = {},
  ) {
    super(detail, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'ArchiveError';
    this.code = code;
    this.places = options.places ?? [];
  }
}

/** Malformed bytes: thrown by a parser, caught once at the border of the building block that asked. */
export class FormatError extends Error {
  readonly format: string;
  readonly offset: number | undefined;

  constructor(format: string, detail: string, options: { offset?: number; cause?: unknown } = {}) {
    super(`${format}: ${detail}`, 'cause' in options ? { cause: options.cause } : undefined);
    this.name = 'FormatError';
    this.format = format;
    this.offset = options.offset;
  }
}

/** What `read` gives, or undefined where the bytes that it reads are malformed. For what may be left aside, and only that. */
export function unlessMalformed<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    return ignoreMalformed(error);
  }
}

/** The same at the end of a promise: `.catch(ignoreMalformed)`. */
export function ignoreMalformed(error: unknown): undefined {
  if (error instanceof FormatError) return undefined;
  throw error;
}

/** Makes a `switch` over a union fail to compile, and to run, when a case is missing. */
export function assertNever(value: never): never {
  throw new Error(`unreachable case: ${JSON.stringify(value)}`);
}
