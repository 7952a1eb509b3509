export { beginCloudSignature, canSignInCloud, finishCloudSignature } from './cloud-signature.ts';
export type { CopyContext } from './copy-context.ts';
export { type CopyPayment, checkPayee, copyPayment, type PaymentReceived, recordPayment } from './copy-fee.ts';
export { type CopyHistory, copyHistory, listCopies, type RegisterLine } from './copy-register.ts';
export { type CopyChannel, type CopyRequest, copyChannels } from './copy-request.ts';
export { type CurrentEvidence, currentEvidence } from './current-evidence.ts';
export { type Drawing, openDrawing } from './drawing.ts';
export { issueCopy, issueOnce } from './issue-copy.ts';
export { issuedCopies } from './issued-copies.ts';
export type { IssuedCopy } from './issued-copy.ts';
export type { AuthorisedPerson, Issuer, IssuerKind, SealingKey } from './issuer.ts';
export { completeCopy, prepareCopy, withdrawPrepared } from './prepare-copy.ts';
export { type PreparedCopy, preparedCopies } from './prepared-copies.ts';
export {
  answerForCode,
  answerForFile,
  type CodeAnswer,
  type FileAnswer,
  type PublicCopy,
} from './public-answer.ts';
export { type QrCode, qrCode } from './qr-code.ts';
export { openRegistrar, type Registrar } from './registrar.ts';
export { type RevocationLists, revocationLists } from './revocation-list.ts';
export { type Delivery, recordDelivery, recordPrinting, revokeCopy } from './revoke-copy.ts';
