import { utcSeconds } from '../../base/index.ts';
import { nameForPeople, nameText } from '../formats/x509/index.ts';
import type { Conclusion, Finding, ReasonCode } from './indication.ts';

type Sentence = (about: {
  readonly who: string;
  readonly issuer: string;
  readonly time: string;
  readonly detail: string;
}) => string;

/** What was found, what it means, and what would resolve it, for each reason. */
const sentences: Readonly<Record<ReasonCode, Sentence>> = {
  VALID: () =>
    'What was signed is unchanged since, and the certificate leads to a trusted root and was valid and not revoked.',
  FORMAT_BROKEN: ({ detail }) => `The signature breaks the rules of its format${detail}, so it cannot be relied on.`,
  BYTE_RANGE_INVALID: ({ detail }) =>
    `The signature does not cover the PDF as it must${detail}: something may have been put in after signing.`,
  SIGNED_REVISION_DIFFERS: ({ detail }) =>
    `The PDF was changed after signing in a way that no signature covers${detail}; ask for the version that was signed.`,
  DOCUMENT_DAMAGED: () =>
    'The PDF is damaged: its cross-references are broken, so it cannot be told for certain what a reader shows of it; ask for an undamaged copy.',
  SIGNING_CERTIFICATE_MISSING: () =>
    'The signature does not contain the certificate that it was made with; hand in the certificate to have it checked.',
  SIGNING_CERTIFICATE_DIFFERS: ({ who }) =>
    `The signature names another certificate than that of ${who}, which it comes with, so nobody can be said to have signed.`,
  CONTENT_NOT_GIVEN: () =>
    'What was signed lies outside the signature and was not given, or not in full; give the signed document along with it.',
  CONTENT_CHANGED: () =>
    'What was signed has been changed since: it no longer has the digest that the signature names.',
  SIGNATURE_VALUE_WRONG: () =>
    'The signature value does not fit the certificate: the signature was damaged or altered, or made with another key.',
  ALGORITHM_UNSUPPORTED: ({ detail }) => `The signature uses an algorithm that cannot be checked here${detail}.`,
  NO_PATH_TO_ANCHOR: ({ who, issuer }) =>
    `The certificate of ${who} leads to no trusted root: the certificate of its issuer, ${issuer}, is missing or not trusted; add it to the trusted ones if you trust it.`,
  PATH_INVALID: ({ who, detail }) => `The certificate chain breaks a rule at ${who}${detail}, so it proves nothing.`,
  PURPOSE_NOT_ALLOWED: ({ who }) =>
    `The certificate of ${who} is not one for time-stamping alone, so the time-stamp proves nothing.`,
  REVOCATION_UNKNOWN: ({ who }) =>
    `It is not known whether the certificate of ${who} was revoked: there is no revocation data in the document and none was had; an online check, or a CRL or OCSP response, would settle it.`,
  REVOCATION_UNUSABLE: ({ who }) =>
    `The revocation data about the certificate of ${who} cannot be relied on: it is outdated, or its maker is not trusted; newer data would settle it.`,
  CERTIFICATE_REVOKED: ({ who, time }) =>
    `The certificate of ${who} was revoked${time}, and nothing proves that the signature is older; a time-stamp from before would.`,
  ISSUER_REVOKED: ({ who, time }) =>
    `The certificate of the authority ${who} was revoked${time}, and nothing proves that the signature is older.`,
  CERTIFICATE_ON_HOLD: ({ who, time }) =>
    `The certificate of ${who} was suspended${time}; try again when that is decided.`,
  CERTIFICATE_EXPIRED: ({ who, time }) =>
    `The certificate of ${who} expired${time}, and no trusted time-stamp proves that the signature is older.`,
  CERTIFICATE_NOT_YET_VALID: ({ who, time }) =>
    `The certificate of ${who} is valid only from${time.replace(' on', '')} on.`,
  REVOCATION_ISSUER_EXPIRED: ({ who, time }) =>
    `The revocation data was signed by ${who}, whose certificate expired${time}; newer data, or a time-stamp over this one, would settle it.`,
  SERVICE_WITHDRAWN: ({ who, time }) =>
    `By the trusted list ${who} lost its status${time}, and nothing proves that the signature is older; a time-stamp from before would.`,
  ALGORITHM_TOO_WEAK: ({ detail, time }) =>
    `An algorithm is no longer strong enough${detail}${time.replace(' on', ', since')}, and nothing proves that the signature is older.`,
  ATTRIBUTES_MISSING: ({ detail }) => `The signature lacks what its policy asks for${detail}.`,
  SIGNING_TIME_OUTSIDE_CERTIFICATE: ({ who, time }) =>
    `The signature says that it was made${time}, when the certificate of ${who} was not valid.`,
  TIMESTAMP_ORDER_WRONG: () => 'The times of the time-stamps contradict their order.',
  NO_PROOF_OF_EXISTENCE: ({ time }) => `Nothing proves that the signature existed${time.replace(' on', ' by')}.`,
  EVIDENCED_DATA_NOT_GIVEN: () =>
    'What the evidence record is over was not given, or none of what was given is under it; give the file as it was archived.',
  EVIDENCED_DATA_DIFFERS: () =>
    'The file is not the one that the evidence record is over: it was changed since, or is another one.',
  NOT_YET_SUPPORTED: ({ detail }) => `This kind of signature is not validated yet${detail}.`,
};

/** The sentence for people about a conclusion, in English, and its code, by which pages translate it. */
export function reasonOf(conclusion: Conclusion): { reason: string; reasonCode: ReasonCode } {
  if (conclusion.indication === 'PASSED') return { reason: sentence({ code: 'VALID' }), reasonCode: 'VALID' };
  return { reason: sentence(conclusion.finding), reasonCode: conclusion.finding.code };
}

/** The sentence about one finding. */
export function sentence({ code, certificate, time, detail }: Finding): string {
  return sentences[code]({
    who: certificate ? `“${nameForPeople(certificate.subject)}”` : 'the signer',
    issuer: certificate ? `“${nameText(certificate.issuer)}”` : 'unknown',
    time: time ? ` on ${utcSeconds(time)}` : '',
    detail: detail ? ` (${detail})` : '',
  });
}
