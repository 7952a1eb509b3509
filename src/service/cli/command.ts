import type { AskPage, CopyContext } from '../../archive/access/index.ts';
import type { DrillReport, RebuildReport } from '../../archive/administration/index.ts';
import type { Ingest, IngestContext } from '../../archive/ingest/index.ts';
import type { FixityPolicy, RevalidationContext, Witness } from '../../archive/preservation/index.ts';
import type { MaterialSource } from '../../archive/trust-services/index.ts';
import type { Clock } from '../../base/index.ts';
import type { SignatureData } from '../../standards/pronom/index.ts';
import type { TrustedList } from '../../standards/trusted-lists/index.ts';

/** The archive as the commands see it: opened when a command first needs it, closed when it ends. */
export interface OpenArchive {
  readonly context: IngestContext;
  readonly ingest: Ingest;
  /** What the keeping of evidence and the re-validation of signatures need. */
  readonly evidence: RevalidationContext;
  /** What certified copies are made with. */
  readonly copies: CopyContext;
  readonly fixity: FixityPolicy;
  /** Who is told of the journal's head. */
  readonly witnesses: readonly Witness[];
  /** Tries what must work on the worst day; the journal tells of it. */
  readonly drill: (actor: string, onProgress: (done: number, total: number) => void) => Promise<DrillReport>;
  readonly isAlive: (owner: string) => Promise<boolean>;
  /** Root certificates of the archive's own seals. */
  ownAnchors(): Promise<{ readonly name: string; readonly pem: string }[]>;
  close(): Promise<void>;
}

/** What a command runs with. */
export interface CommandContext {
  readonly clock: Clock;
  /** The anchors of the trust configuration, without opening the archive. */
  configuredAnchors(): Promise<readonly Uint8Array[]>;
  /**
   * The trusted lists that tell what is qualified: those of the configuration, or these files and addresses in their place.
   * Undefined where none is configured.
   */
  trustedLists(
    instead: readonly string[],
    options: { readonly offline: boolean },
  ): Promise<readonly TrustedList[] | undefined>;
  /** Where missing validation material is fetched, by the configuration. */
  materialSource(): Promise<MaterialSource | undefined>;
  /** Asks a page of the public internet, for what a certified copy names; undefined where nothing comes. */
  askPage: AskPage;
  /** The registry's signatures that the release ships, without opening the archive. */
  shippedSignatures(): Promise<SignatureData>;
  /** Opens the archive on the data folder. */
  openArchive(): Promise<OpenArchive>;
  /** Makes the catalog anew from a location. @param from its name; the first that can be read when left out */
  rebuild(from: string | undefined, onProgress: (done: number, total: number) => void): Promise<RebuildReport>;
  backup(to: string): Promise<string[]>;
  migrate(): Promise<string[]>;
  /** Serves until it is told to stop. */
  serve(options: { demo: boolean }): Promise<ExitCode>;
  work(): Promise<ExitCode>;
  readonly out: Output;
}

/** Where a command speaks: answers on stdout, progress and messages on stderr. */
export interface Output {
  /** One JSON document, with `--json`. */
  json(value: unknown): void;
  line(text: string): void;
  message(text: string): void;
  /** Shows progress in place on a terminal, sparsely elsewhere. */
  progress(done: number, total: number, what: string): void;
}

/** 0 all well, 1 the thing examined is not as it should be, 2 wrong usage, 3 the archive or a service failed. */
export type ExitCode = 0 | 1 | 2 | 3;

/** A verb of the command line. */
export type Command = (args: readonly string[], context: CommandContext) => Promise<ExitCode>;
