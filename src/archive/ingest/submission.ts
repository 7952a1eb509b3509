import type { Clock, InstitutionId, RecordId } from '../../base/index.ts';
import type { JsonValue, RepresentationInformation } from '../../standards/packages/index.ts';
import type { FormatSignatures } from '../../standards/pronom/index.ts';
import type { ValidationPolicy } from '../../standards/signatures/index.ts';
import type { CatalogRecord, Classification } from '../data-management/index.ts';
import type { Holdings } from '../packaging/index.ts';
import type { ProfilesInUse } from '../profiles/index.ts';
import type { MaterialSource, SigningKey, TrustedListsInUse } from '../trust-services/index.ts';
import type { SubmissionLimits } from './checks/index.ts';
import type { MalwareScanner } from './malware/scanner.ts';
import type { ReceivedPackage } from './packages/received-package.ts';
import type { SubmittedFile } from './submitted-file.ts';
import type { OfficeConverter, PdfaVerifier } from './tools/index.ts';

export type { SubmittedFile } from './submitted-file.ts';

/** What ingest works with besides the holdings; made in `main.ts`. */
export interface IngestContext extends Holdings {
  readonly profiles: ProfilesInUse;
  readonly limits: SubmissionLimits;
  /** Looks into every file before anything else does, where one is configured. */
  readonly scanner?: MalwareScanner;
  /** Programs of others that look into documents, and make others of them, where they are configured. */
  readonly tools?: { readonly verifyPdfa?: PdfaVerifier; readonly convertOffice?: OfficeConverter };
  /** DER certificates that a certification path may end in. */
  readonly anchors: () => Promise<readonly Uint8Array[]>;
  /** The trusted lists that tell what is qualified, where any are configured. */
  readonly trustedLists?: TrustedListsInUse;
  /** Where missing validation material is fetched; nothing is when left out. */
  readonly materialSource?: MaterialSource;
  /** What signatures are judged by, with the table of algorithms; the default policy when left out. */
  readonly validationPolicy?: ValidationPolicy;
  /** Signs the sealed metadata where the profile asks for it. Built-in and worthless to outsiders until one is configured. */
  readonly confirmationSeal: () => Promise<SigningKey>;
  /** The registry's signatures that formats are told by: those in use now. */
  readonly formatSignatures: (options?: { fresh: boolean }) => Promise<FormatSignatures>;
  readonly representationInformation: () => Promise<readonly RepresentationInformation[]>;
  /** The name under which this process holds leases. */
  readonly owner: string;
}

/** A file as the producer hands it over. */
export interface OfferedFile {
  readonly name: string;
  readonly source: AsyncIterable<Uint8Array>;
  /** The size if it is known before it was read; for the check of free space. */
  readonly size?: number;
  readonly modifiedAt?: Date;
}

/** What the producer says of the files. */
export interface OfferedMetadata {
  readonly profile?: string;
  readonly title?: string;
  readonly category?: string;
  /** The creator whose list the category is of; needed only where several have the mark. */
  readonly creator?: string;
  readonly language?: string;
  /** Fields of the profile. */
  readonly fields?: Readonly<Record<string, JsonValue>>;
  /** Digests by file name, `{ "a.pdf": { "sha256": "…" } }`. */
  readonly checksums?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** A submission in staging: all that is needed to go on after a crash. Lies beside its files as `submission.json`. */
export interface Submission {
  readonly id: RecordId;
  readonly institution: InstitutionId;
  readonly actor: string;
  readonly title: string;
  /** Nobody gave it a title: the name of what came stands for one. */
  readonly untitled?: true;
  readonly profile: { readonly id: string; readonly version: string };
  readonly category?: string;
  /** The category as it stood in the list when the submission was received. */
  readonly classification?: Classification;
  readonly language?: string;
  readonly metadata: Readonly<Record<string, JsonValue>>;
  readonly receivedAt: string;
  readonly checksumsCompared: number;
  readonly files: readonly SubmittedFile[];
  /** The files are those of a package's folder of this name, `originalName` the path of each in it. */
  readonly packageFolder?: string;
  /** PDF/A that was made of office documents; people compare them before they are packaged. */
  readonly renditions?: readonly MadeRendition[];
  /** What else the producer's package held; known once it was taken apart, and not kept in staging. */
  readonly package?: ReceivedPackage;
}

/** A PDF/A of one of the documents, made here and lying in staging beside it. */
export interface MadeRendition {
  /** `fileKey` of the document. */
  readonly of: string;
  readonly tool: string;
  readonly madeAt: string;
  readonly file: SubmittedFile;
}

/** The number and time under which a submission was received. */
export interface IntakeReceipt {
  readonly number: string;
  readonly recordNumber: string;
  readonly time: string;
  readonly head: string;
}

/** A received submission and its receipt of intake. */
export interface ReceivedSubmission {
  readonly submission: Submission;
  readonly intake: IntakeReceipt;
  readonly duplicateOf?: string;
  /** The request was made before with the same key: whoever made it first works on it. */
  readonly repeated?: boolean;
}

/** What intake found out about a record before it was worked on. */
export interface IntakeFacts {
  readonly number: string;
  readonly duplicateOf?: string;
  /** A person decided to keep it although this was found; what is found only after it was never accepted with it. */
  readonly accepted?: string;
}

/** Steps 2 to 8: gives the record archived, awaiting a category, quarantined or rejected. */
export type ProcessSubmission = (submission: Submission, facts: IntakeFacts) => Promise<CatalogRecord>;

/** Time to the second, as everything in packages and the journal. */
export function nowIn(clock: Clock): Date {
  return new Date(Math.floor(clock().getTime() / 1000) * 1000);
}
