/** What became of a file of the producer's package. */
export interface ReportedFile {
  /** From the root of what was sent. */
  readonly path: string;
  readonly size: number;
  readonly kept: 'original' | 'submission' | 'ignored';
  /** Where it lies in the archival package, when it is kept. */
  readonly as?: string;
  /** Why it is not kept. */
  readonly reason?: 'SYSTEM_FILE' | 'EMPTY_FOLDER';
}

/** A statement of the producer and where it went: `title`, `language`, a field of the profile, `dc:creator`, `identifier`. */
export interface MappedStatement {
  readonly from: string;
  readonly to: string;
  readonly value: string;
}

/**
 * What was found in the producer's package, kept and ignored: `metadata/other/ingest-report.json` of the record's package
 * (docs/package-format.md).
 */
export interface IngestReport {
  readonly format: 'trajno-ingest-report/1';
  readonly package: {
    readonly kind: 'bag' | 'SIP';
    readonly specification: string;
    /** The archive file in which it came; absent when it came as a folder. */
    readonly archive?: { readonly name: string; readonly size: number; readonly sha256: string };
  };
  readonly found: { readonly files: number; readonly bytes: number };
  readonly kept: { readonly originals: number; readonly submission: number; readonly ignored: number };
  readonly checksums: { readonly algorithms: readonly string[]; readonly compared: number };
  readonly files: readonly ReportedFile[];
  readonly mapped: readonly MappedStatement[];
  /** What validation found that breaks no MUST. */
  readonly findings: readonly {
    readonly id: string;
    readonly level: string;
    readonly message: string;
    readonly place: string;
  }[];
}

/** The report as it lies in the package. */
export function ingestReportBytes(report: IngestReport): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(report, undefined, 1)}\n`);
}
