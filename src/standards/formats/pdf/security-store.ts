import { FormatError } from '../../../base/index.ts';
import type { PdfDocument } from './document.ts';
import { entriesOf, itemsOf, type PdfEntries, type PdfValue } from './values.ts';

/** The validation material of a Document Security Store (ISO 32000-2 12.8.4.3), DER. */
export interface SecurityStore {
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
  /** Keys of /VRI: upper-case hex SHA-1 of the Contents they are about. */
  readonly validationKeys: readonly string[];
}

const mostStreams = 5000;
const mostBytes = 96 << 20;

/** Reads /DSS, if the document has one. A stream that cannot be read is left out: the others still serve. */
export async function readSecurityStore(document: PdfDocument): Promise<SecurityStore | undefined> {
  const root = entriesOf(await document.resolve(document.trailer.get('Root')));
  const store = await document.resolve(root.get('DSS'));
  if (store.kind !== 'dictionary') return undefined;
  const budget = { streams: mostStreams, bytes: mostBytes };
  const validation = entriesOf(await document.resolve(store.entries.get('VRI')));
  const holders: PdfEntries[] = [store.entries];
  for (const entry of [...validation.values()].slice(0, mostStreams))
    holders.push(entriesOf(await document.resolve(entry)));
  const gather = async (keys: readonly string[]) => {
    const seen = new Set<string>();
    const streams: Uint8Array[] = [];
    for (const holder of holders)
      for (const key of keys)
        for (const item of itemsOf(await document.resolve(holder.get(key)))) {
          const bytes = await streamOnce(document, item, seen, budget);
          if (bytes) streams.push(bytes);
        }
    return streams;
  };
  return {
    certificates: await gather(['Certs', 'Cert']),
    crls: await gather(['CRLs', 'CRL']),
    ocspResponses: await gather(['OCSPs', 'OCSP']),
    validationKeys: [...validation.keys()],
  };
}

async function streamOnce(
  document: PdfDocument,
  item: PdfValue,
  seen: Set<string>,
  budget: { streams: number; bytes: number },
): Promise<Uint8Array | undefined> {
  if (item.kind !== 'reference' || seen.has(`${item.number}`) || budget.streams <= 0 || budget.bytes <= 0)
    return undefined;
  seen.add(`${item.number}`);
  budget.streams--;
  try {
    const bytes = await document.streamBytes(await document.resolve(item));
    budget.bytes -= bytes.length;
    return bytes;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
