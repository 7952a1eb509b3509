import { stat } from 'node:fs/promises';
import type { ByteReader } from '../../../base/index.ts';
import { runTool } from './run-tool.ts';
import { inFolderWith } from './working-folder.ts';

/** What veraPDF found of a document that claims to be PDF/A. */
export interface PdfaVerdict {
  readonly compliant: boolean;
  /** `PDF/A-2B validation profile`. */
  readonly profile: string;
  readonly tool: string;
  /** Rules that are broken, at most twenty: clause and what it says. */
  readonly broken: readonly string[];
}

/** Verifies a claim; undefined where it could not, with the reason told to `onFailure`. */
export type PdfaVerifier = (document: ByteReader) => Promise<PdfaVerdict | { readonly failure: string }>;

const timeoutMs = 120_000;

/**
 * veraPDF, which its users install: the path of its command, or of a folder with its archives, which `java` runs.
 * @param place TRAJNO_VERAPDF
 */
export function veraPdf(place: string): PdfaVerifier {
  return (document) =>
    inFolderWith({ 'document.pdf': document }, async (folder) => {
      const isFolder = (await stat(place).catch(() => undefined))?.isDirectory() === true;
      const how = ['--format', 'json', '-f', '0', 'document.pdf'];
      const outcome = await runTool({
        command: isFolder ? 'java' : place,
        arguments: isFolder ? ['-Xmx1g', '-cp', `${place}/*`, 'org.verapdf.apps.GreenfieldCliWrapper', ...how] : how,
        folder,
        timeoutMs,
        isOffline: true,
      });
      return verdictIn(outcome.output) ?? { failure: outcome.failure ?? 'gave no report' };
    });
}

interface Report {
  readonly report?: {
    readonly buildInformation?: {
      readonly releaseDetails?: readonly { readonly id: string; readonly version: string }[];
    };
    readonly jobs?: readonly { readonly validationResult?: Result | readonly Result[] }[];
  };
}

interface Result {
  readonly compliant?: boolean;
  readonly profileName?: string;
  readonly details?: {
    readonly ruleSummaries?: readonly { readonly clause?: string; readonly description?: string }[];
  };
}

function verdictIn(output: string): PdfaVerdict | undefined {
  let read: Report;
  try {
    read = JSON.parse(output);
  } catch {
    return undefined; // whoever asked tells that there is no report
  }
  const results = read.report?.jobs?.[0]?.validationResult;
  const result: Result | undefined = Array.isArray(results) ? results[0] : (results as Result | undefined);
  if (typeof result?.compliant !== 'boolean') return undefined;
  const version = read.report?.buildInformation?.releaseDetails?.find(({ id }) => id === 'core')?.version;
  return {
    compliant: result.compliant,
    profile: result.profileName ?? '',
    tool: ['veraPDF', version].filter(Boolean).join(' '),
    broken: (result.details?.ruleSummaries ?? [])
      .slice(0, 20)
      .map(({ clause, description }) => `${clause}: ${description}`),
  };
}
