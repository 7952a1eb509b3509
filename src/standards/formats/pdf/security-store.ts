import { FormatError } from '../../../base/index.ts';
import { type PdfDocument, revisionOf } from './document.ts';
import { entriesOf, itemsOf, type PdfEntries, type PdfValue } from './values.ts';

/** The validation material of a Document Security Store (ISO 32000-2 12.8.4.3), DER. */
export interface SecurityStore {
  readonly isPresent: boolean;
  readonly certificates: readonly Uint8Array[];
  readonly crls: readonly Uint8Array[];
  readonly ocspResponses: readonly Uint8Array[];
  /** Keys of /VRI: upper-case hex SHA-1 of the Contents they are about. */
  readonly validationKeys: readonly string[];
}

const mostStreams = 5000;
const mostBytes = 96 << 20;

interface Budget {
  streams: number;
  bytes: number;
}

const mostRevisions = 100;

/**
 * Reads /DSS of every revision: a later one may leave out what an earlier one brought. A stream that cannot be read is
 * left out: the others still serve.
 */
export async function readSecurityStores(document: PdfDocument): Promise<SecurityStore> {
  const budget: Budget = { streams: mostStreams, bytes: mostBytes };
  const stores: SecurityStore[] = [];
  let before: PdfValue | undefined;
  for (let index = 0; index < Math.min(document.sections.length, mostRevisions); index++) {
    const revision = index === 0 ? document : revisionOf(document, index);
    const root = await rootOf(revision);
    const holder = root?.get('DSS');
    if (!holder || holder === before) continue;
    before = holder;
    stores.push(await readSecurityStore(revision, holder, budget));
  }
  return {
    isPresent: stores.length > 0,
    certificates: stores.flatMap(({ certificates }) => certificates),
    crls: stores.flatMap(({ crls }) => crls),
    ocspResponses: stores.flatMap(({ ocspResponses }) => ocspResponses),
    validationKeys: stores.flatMap(({ validationKeys }) => validationKeys),
  };
}

/** An older section need not make a document by itself (linearised files): then it has no store either. */
async function rootOf(revision: PdfDocument): Promise<PdfEntries | undefined> {
  try {
    return entriesOf(await revision.resolve(revision.trailer.get('Root')));
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

async function readSecurityStore(document: PdfDocument, holder: PdfValue, budget: Budget): Promise<SecurityStore> {
  const store = entriesOf(await document.resolve(holder));
  const validation = entriesOf(await document.resolve(store.get('VRI')));
  const holders: PdfEntries[] = [store];
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
    isPresent: true,
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
  budget: Budget,
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
