import type { ExportVerification } from '../../archive/access/index.ts';
import type { ExitCode, Output } from './command.ts';

/** Tells a verification check by check, or as JSON; the exit code says whether it passed. */
export function tellVerification(verification: ExportVerification, out: Output, asJson: boolean): ExitCode {
  if (asJson) out.json(verification);
  else {
    for (const { outcome, id, detail, place, informative } of verification.checks)
      out.line(`${(informative ? `(${outcome})` : outcome).padEnd(15)} ${id}  ${detail}${place ? `  (${place})` : ''}`);
    out.line(`${verification.result} (trust: ${verification.trust})`);
  }
  return verification.result === 'PASSED' ? 0 : 1;
}
