import type { ValidationContext } from './building-blocks/validation-context.ts';
import type { SignatureFacts } from './signed-document.ts';

/** The format and level of a signature, as DSS names them (EN 319 122, EN 319 142). */
export function formatOf(context: ValidationContext, { profile, timestamps }: SignatureFacts): string {
  void context;
  const hasTime = timestamps.some(({ type }) => type === 'SIGNATURE_TIMESTAMP' || type === 'DOCUMENT_TIMESTAMP');
  const level = hasTime ? 'T' : 'B';
  switch (profile.family) {
    case 'PAdES':
      return !profile.basic
        ? 'PDF-NOT-ETSI'
        : profile.baseline
          ? `PAdES-BASELINE-${level}`
          : profile.hasPolicy
            ? 'PAdES-EPES'
            : 'PAdES-BES';
    case 'PKCS7':
      return profile.basic ? `PKCS7-${level}` : 'PDF-NOT-ETSI';
    case 'PDF':
      return 'PDF-NOT-ETSI';
    case 'CAdES':
      return !profile.basic
        ? 'CMS-NOT-ETSI'
        : profile.baseline
          ? `CAdES-BASELINE-${level}`
          : hasTime
            ? 'CAdES-T'
            : profile.hasPolicy
              ? 'CAdES-EPES'
              : 'CAdES-BES';
  }
}
