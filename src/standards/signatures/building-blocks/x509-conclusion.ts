import type { CertificationPath, RevocationStatus } from '../../certification-path/index.ts';
import type { Conclusion } from '../indication.ts';

/** What X.509 validation found: the path it judged, and the revocation status used for each of its certificates. */
export interface X509Conclusion {
  readonly conclusion: Conclusion;
  /** From the certificate to the anchor; without an anchor, as far as it leads. */
  readonly path: CertificationPath;
  readonly reachesAnchor: boolean;
  /** By sha256 of the certificate. */
  readonly revocation: ReadonlyMap<string, RevocationStatus>;
}
