import type { IncomingMessage } from 'node:http';
import { ArchiveError } from '../../../base/index.ts';
import { readForm } from '../form.ts';
import { readBytes } from '../request-body.ts';

/** A certificate has originals of up to 128 MB attached, and a signature. */
const largest = 160 << 20;

/** The one file of a form: a certificate that was signed. @throws ArchiveError SUBMISSION_EMPTY | REQUEST_TOO_LARGE, and as `readForm` */
export async function readSignedCertificate(request: IncomingMessage): Promise<Uint8Array> {
  for await (const { content } of readForm(request).files)
    return readBytes(content, largest, 'This is larger than any certificate.');
  throw new ArchiveError('SUBMISSION_EMPTY', 'Choose the certificate that was signed.');
}
