import type { PackageVerification } from '../../standards/packages/index.ts';

/** What `trajno verify` tells. `embedded-only`: no anchor was given, so nothing can be PASSED. */
export interface ExportVerification {
  readonly result: PackageVerification['result'];
  readonly trust: 'given' | 'embedded-only';
  readonly checks: readonly {
    readonly id: string;
    readonly outcome: PackageVerification['result'];
    readonly detail: string;
    readonly place?: string;
    /** It tells something, and does not decide the result. */
    readonly informative?: true;
  }[];
}
