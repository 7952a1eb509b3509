import type { CertificateHolder, TimestampSource } from '../../src/standards/seals/index.ts';
import type { Offered } from '../support/archive.ts';
import { samplePdf } from '../support/sample-pdf.ts';
import { signedCms } from '../support/signed-cms.ts';
import { signedPdf } from '../support/signed-pdf.ts';
import { sampleXml, signedXml } from '../support/signed-xml.ts';
import type { ToyPki } from '../support/toy-pki.ts';

/** Who signs a record, when, and who stamps it, if anybody. */
export interface Arrival {
  readonly number: number;
  readonly at: Date;
  readonly signer: CertificateHolder;
  readonly timestamp?: TimestampSource;
}

/**
 * The files of a record: by its number a CMS, a PDF, an XML document, or a text with a detached signature beside it. A key
 * that XML has no name for signs the XML document from beside it.
 */
export async function arrivingFiles({ number, at, signer, timestamp }: Arrival): Promise<Offered> {
  const pki = { at } as ToyPki; // it lends nothing but the time of signing
  const stamped = timestamp ? { timestamp } : {};
  const text = `Предмет број ${number} из ${at.getUTCFullYear()}. године\n`;
  const besideIt = async (name: string, document: string): Promise<Offered> => ({
    [name]: document,
    [`${name}.p7s`]: await signedCms({
      pki,
      content: Buffer.from(document),
      packaging: 'detached',
      signatures: [{ signer, signingTime: at, ...stamped }],
    }),
  });
  switch (number % 4) {
    case 0:
      return {
        'odluka.p7m': await signedCms({
          pki,
          content: Buffer.from(text),
          signatures: [{ signer, signingTime: at, ...stamped }],
        }),
      };
    case 1: {
      const pdf = Buffer.concat([await samplePdf(), Buffer.from(`% ${number}\n`)]);
      return { 'resenje.pdf': await signedPdf({ pki, pdf, signatures: [{ signer, ...stamped }] }) };
    }
    case 2: {
      const document = sampleXml.replace('42/2026', `${number}/${at.getUTCFullYear()}`);
      if (/^ML-DSA/.test(signer.signer.algorithm.scheme)) return besideIt('racun.xml', document);
      return { 'racun.xml': await signedXml({ pki, document, signer, ...stamped }) };
    }
    default:
      return besideIt('zapisnik.txt', text);
  }
}
