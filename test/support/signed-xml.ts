import { XmlC14NMode, XmlDocument } from 'libxml2-wasm';
import {
  type CertificateHolder,
  type DetachedFile,
  sealXades,
  type TimestampSource,
} from '../../src/standards/seals/index.ts';
import type { ToyPki } from './toy-pki.ts';

/** One named edit of a good signature. */
export type XmlFault = 'changed-content' | 'changed-signature' | 'changed-properties';

/** A signed XML document by the toy PKI. */
export interface SignedXmlOptions {
  readonly pki: ToyPki;
  readonly packaging?: 'enveloped' | 'enveloping' | 'detached';
  readonly document?: string;
  readonly files?: readonly DetachedFile[];
  readonly signer?: CertificateHolder;
  readonly timestamp?: boolean | TimestampSource;
  readonly fault?: XmlFault;
}

export const sampleXml =
  '<?xml version="1.0" encoding="UTF-8"?>\n<racun xmlns="urn:primer:racun" xmlns:d="urn:primer:dodatak">\n' +
  '  <broj d:vrsta="konačan">42/2026</broj>\n  <iznos valuta="RSD">1200.00</iznos><!-- напомена -->\n</racun>\n';

/** Exclusive canonical XML 1.0 without comments, by libxml2. */
export function canonicalXml(document: string): Uint8Array {
  const parsed = XmlDocument.fromString(document);
  try {
    return Buffer.from(parsed.canonicalizeToString({ mode: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0 }));
  } finally {
    parsed.dispose();
  }
}

/** A XAdES-B signature, or -T with a time-stamp: in the document, around it, or beside files. */
export async function signedXml(options: SignedXmlOptions): Promise<Uint8Array> {
  const { pki, document = sampleXml } = options;
  const { signer } = options.signer ?? (await pki.signer());
  const source = options.timestamp === true ? pki.timestamps() : options.timestamp || undefined;
  const signed = await sealXades(contentOf(options, document), signer, {
    signingTime: pki.at,
    ...(source ? { timestamp: source } : {}),
  });
  return options.fault ? faulty(Buffer.from(signed).toString('utf8'), options.fault) : signed;
}

function contentOf({ packaging = 'enveloped', files = [] }: SignedXmlOptions, document: string) {
  switch (packaging) {
    case 'enveloped':
      return { packaging, document: Buffer.from(document), canonicalDocument: canonicalXml(document) };
    case 'enveloping':
      return { packaging, content: Buffer.from(document), mediaType: 'text/xml' };
    case 'detached':
      return { packaging, files };
  }
}

function faulty(document: string, fault: XmlFault): Uint8Array {
  switch (fault) {
    case 'changed-content': // the sample's amount, or the first letter of what is enclosed
      return Buffer.from(document.replace('1200.00', '9200.00').replace('>PD94', '>PE94'));
    case 'changed-signature':
      return Buffer.from(
        document.replace(/(<ds:SignatureValue[^>]*>)(.)/, (_, tag, first) => tag + (first === 'A' ? 'B' : 'A')),
      );
    case 'changed-properties':
      return Buffer.from(document.replace(/<xades:SigningTime>\d{4}/, '<xades:SigningTime>1999'));
  }
}
