import { bytesReader } from '../../src/base/index.ts';
import { openPdf } from '../../src/standards/formats/pdf/index.ts';
import {
  type CertificateHolder,
  type PadesOptions,
  sealPades,
  type TimestampSource,
} from '../../src/standards/seals/index.ts';
import { incrementalUpdate } from '../../src/standards/seals/pades/incremental-update.ts';
import { verbatim, writtenDictionary } from '../../src/standards/seals/pades/pdf-writing.ts';
import { dictionaryOf, firstPage } from '../../src/standards/seals/pades/signature-field.ts';
import { samplePdf } from './sample-pdf.ts';
import type { ToyPki } from './toy-pki.ts';

/** One named edit of a well-signed PDF. */
export type PdfFault =
  | 'changed-content'
  | 'changed-signature'
  | 'uncovered-tail'
  | 'page-changed-later'
  | 'wider-gap'
  | 'truncated';

/** One signature of a PDF. */
export interface PdfSignature extends Partial<Omit<PadesOptions, 'timestamp'>> {
  readonly signer?: CertificateHolder;
  /** A time-stamp by the toy authority, or by another source. */
  readonly timestamp?: boolean | TimestampSource;
}

/** A signed PDF by the toy PKI; the last signature is the one that a fault befalls. */
export interface SignedPdfOptions {
  readonly pki: ToyPki;
  readonly pdf?: Uint8Array;
  readonly signatures?: readonly PdfSignature[];
  readonly fault?: PdfFault;
}

/** A PDF signed once, or as often as `signatures` says, each in an update of its own. */
export async function signedPdf({ pki, pdf, signatures = [{}], fault }: SignedPdfOptions): Promise<Uint8Array> {
  let document = pdf ?? (await samplePdf());
  for (const { signer, timestamp, ...options } of signatures) {
    const source = timestamp === true ? pki.timestamps() : timestamp;
    const { signer: digestSigner } = signer ?? (await pki.signer());
    const update = await sealPades(bytesReader(document), digestSigner, {
      signingTime: pki.at,
      ...options,
      ...(source ? { timestamp: source } : {}),
    });
    document = Buffer.concat([document, update]);
  }
  return fault ? faulty(Buffer.from(document), fault) : document;
}

async function faulty(document: Buffer, fault: PdfFault): Promise<Uint8Array> {
  switch (fault) {
    case 'changed-content': {
      const at = document.indexOf('%PDF-1.') + 7; // the version's last digit
      document[at] = (document[at] ?? 0) ^ 1;
      return document;
    }
    case 'changed-signature': {
      const end = document.indexOf('>', contentsStart(document));
      const last = document.subarray(0, end).toString('latin1').replace(/0+$/, '').length - 1;
      document[last] = document[last] === 0x31 ? 0x32 : 0x31; // the signature value is what the CMS ends in
      return document;
    }
    case 'uncovered-tail':
      return Buffer.concat([document, Buffer.from('% nobody signed this\n')]);
    case 'wider-gap': {
      // the gap begins one octet early, so that what stands before Contents is not covered
      const text = document.toString('latin1');
      const start = text.lastIndexOf('/ByteRange [') + '/ByteRange ['.length;
      const numbers = text.slice(start, text.indexOf(']', start)).split(' ').map(Number);
      const [zero = 0, length = 0, ...rest] = numbers;
      document.write([zero, length - 1, ...rest].join(' '), start, 'latin1');
      return document;
    }
    case 'truncated':
      return document.subarray(0, document.length - 200);
    case 'page-changed-later':
      return withPageChanged(document);
  }
}

const contentsStart = (document: Buffer) => document.lastIndexOf('/Contents <') + '/Contents <'.length;

/** An update after the last signature that turns the first page upside down. */
async function withPageChanged(document: Buffer): Promise<Uint8Array> {
  const pdf = await openPdf(bytesReader(document));
  const { number, generation } = await firstPage(pdf);
  const page = dictionaryOf(await pdf.resolve({ kind: 'reference', number, generation }), 'a page');
  const text = writtenDictionary(new Map([...page, ['Rotate', verbatim(180)]]));
  const { bytes } = incrementalUpdate(pdf, [{ number, generation, text }]);
  return Buffer.concat([document, bytes]);
}
