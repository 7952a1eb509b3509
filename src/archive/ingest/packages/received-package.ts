import type {
  AlternativeIdentifier,
  DublinCoreStatement,
  IngestReport,
  PackageReader,
  RecognizedPackage,
} from '../../../standards/packages/index.ts';
import type { SubmittedFile } from '../submitted-file.ts';

/** A file of the producer's package in staging; `originalName` is its path in the package. */
export type PackagePart = Omit<SubmittedFile, 'path'>;

/** A file that goes into `submission/` of the archival package. */
export interface SubmissionPart extends PackagePart {
  /** Below `submission/`. */
  readonly path: string;
}

/** What was taken out of a producer's package beside its documents. */
export interface ReceivedPackage {
  readonly kind: 'bag' | 'SIP';
  readonly specification: string;
  readonly archive?: { readonly name: string; readonly sha256: string };
  readonly submission: readonly SubmissionPart[];
  readonly algorithms: readonly string[];
  readonly descriptive: readonly DublinCoreStatement[];
  readonly identifiers: readonly AlternativeIdentifier[];
  readonly report: IngestReport;
}

/** A producer's package, recognised among what was received and not yet taken apart. */
export interface FoundPackage extends RecognizedPackage {
  readonly kind: 'bag' | 'SIP';
  /** As people know it: the name of the archive or the folder. */
  readonly name: string;
  /** The files of what was sent from its root, of which the package may be a folder. */
  readonly tree: PackageReader;
  /** The archive in which it came; undefined when it came as a folder. */
  readonly archive: SubmittedFile | undefined;
}
