import { ignoreMalformed } from '../../../base/index.ts';
import { readXml, type XmlNode } from '../xml/index.ts';
import type { PdfDocument } from './document.ts';
import { entriesOf } from './values.ts';

/** The part and level of PDF/A that a document says it keeps to (ISO 19005-1 6.7.11, ISO 19005-4 6.7.3). */
export interface PdfaClaim {
  readonly part: string;
  /** `A`, `B`, `U`, `E`, `F`; part 4 may have none. */
  readonly conformance?: string;
}

const identification = 'http://www.aiim.org/pdfa/ns/id/';
const largestMetadata = 4 << 20;

/**
 * What the document's XMP metadata claim. A claim is no proof.
 * @returns undefined where nothing, or nothing that can be read, is claimed
 */
export async function readPdfaClaim(document: PdfDocument): Promise<PdfaClaim | undefined> {
  try {
    const catalog = entriesOf(await document.resolve(document.trailer.get('Root')));
    const stream = await document.resolve(catalog.get('Metadata'));
    if (stream.kind !== 'stream') return undefined;
    const bytes = await document.streamBytes(stream);
    if (bytes.length > largestMetadata) return undefined;
    return claimIn(readXml(bytes));
  } catch (error) {
    return ignoreMalformed(error);
  }
}

/** As attributes of a description, or as elements in it: RDF allows both. */
function claimIn(node: XmlNode): PdfaClaim | undefined {
  const said = (name: string) =>
    node.attributes.get(`{${identification}}${name}`) ??
    node.children.find((child) => child.namespace === identification && child.name === name)?.text.trim();
  const part = said('part');
  if (part !== undefined && /^[1-4]$/.test(part)) {
    const conformance = said('conformance')?.toUpperCase();
    return { part, ...(conformance && /^[ABUEF]$/.test(conformance) ? { conformance } : {}) };
  }
  for (const child of node.children) {
    const found = claimIn(child);
    if (found) return found;
  }
  return undefined;
}
