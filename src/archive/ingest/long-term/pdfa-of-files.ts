import { ignoreMalformed } from '../../../base/index.ts';
import { openPdf, type PdfaClaim, readPdfaClaim } from '../../../standards/formats/pdf/index.ts';
import type { AipDescription, PreservationEvent } from '../../../standards/packages/index.ts';
import { aipPathOf, fileKey } from '../../../standards/packages/index.ts';
import type { CheckedFile } from '../check.ts';
import type { PdfaVerdict, PdfaVerifier } from '../tools/index.ts';

/** A PDF that claims to be PDF/A, and what was found of it where somebody could look. */
export interface ClaimingFile {
  readonly file: CheckedFile;
  readonly claim: PdfaClaim;
  readonly verdict?: PdfaVerdict;
  /** Why it was not verified. */
  readonly failure?: string;
}

/** Reads what PDFs claim, and verifies it where veraPDF is configured (U86-09). */
export async function claimingFiles(
  files: readonly CheckedFile[],
  verify: PdfaVerifier | undefined,
): Promise<readonly ClaimingFile[]> {
  const found: ClaimingFile[] = [];
  for (const file of files) {
    const claim = await claimOf(file);
    if (!claim) continue;
    const judged = await verify?.(file.reader);
    if (!judged) found.push({ file, claim });
    else if ('failure' in judged) found.push({ file, claim, failure: judged.failure });
    else found.push({ file, claim, verdict: judged });
  }
  return found;
}

async function claimOf({ format, reader }: CheckedFile): Promise<PdfaClaim | undefined> {
  if (format.mimeType !== 'application/pdf') return undefined;
  const document = await openPdf(reader).catch(ignoreMalformed);
  return document && readPdfaClaim(document);
}

/** `PDF/A-2b`. */
function nameOf({ part, conformance = '' }: PdfaClaim): string {
  return `PDF/A-${part}${conformance.toLowerCase()}`;
}

/** What the package tells: an event for each, and one report of all. */
export function toldOfClaims(
  claiming: readonly ClaimingFile[],
  createdAt: Date,
): { readonly reports: AipDescription['validationReports']; readonly events: Omit<PreservationEvent, 'id'>[] } {
  if (claiming.length === 0) return { reports: [], events: [] };
  const listed = claiming.map(({ file, claim, verdict, failure }) => ({
    path: fileKey(file),
    sha256: file.sha256,
    claimed: nameOf(claim),
    ...(verdict ? { verdict } : { notVerified: failure ?? 'no verifier is configured' }),
  }));
  const content = Buffer.from(`${JSON.stringify(listed, undefined, 1)}\n`);
  return {
    reports: [{ name: 'content-report-pdfa.json', content, createdAt }],
    events: claiming.map(({ file, claim, verdict, failure }) => ({
      type: 'validation',
      dateTime: createdAt,
      detail: verdict
        ? `${nameOf(claim)} claimed; ${verdict.tool}, ${verdict.profile}`
        : `${nameOf(claim)} claimed, not verified (${failure ?? 'no verifier is configured'})`,
      outcome: verdict ? (verdict.compliant ? 'success' : 'failure') : 'not verified',
      agentIds: ['software'],
      objectIds: [aipPathOf(file)],
    })),
  };
}
