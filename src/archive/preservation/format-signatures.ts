import { readWhole, utcSeconds } from '../../base/index.ts';
import {
  type FormatSignatures,
  prepareSignatures,
  type SignatureData,
  signatureDataText,
  signatureVersions,
} from '../../standards/pronom/index.ts';
import { findStoreObject, readSetting, writeInstalledSignatures } from '../data-management/index.ts';
import { type Holdings, journal, keepRepresentationInformation } from '../packaging/index.ts';

/** Gives the signatures that formats are told by at the moment; `fresh` asks the catalog whatever was just known. */
export type FormatSignaturesInUse = (options?: { fresh: boolean }) => Promise<FormatSignatures>;

const path = 'pronom-signatures.json';
const longest = 64 << 20;
/** Milliseconds for which what is in use is believed before the catalog is asked again: another process may have installed some. */
const believed = 1000;

/** The signatures that an operator installed last, or those shipped with the release where they are newer. */
export function signaturesInUse(holdings: Holdings, shipped: () => Promise<SignatureData>): FormatSignaturesInUse {
  let known: { installed: string | undefined; signatures: FormatSignatures } | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;
  return async ({ fresh } = { fresh: false }) => {
    const now = holdings.clock().getTime();
    if (known && !fresh && now >= askedAt && now - askedAt < believed) return known.signatures;
    const installed = await readSetting(holdings.catalog, 'format-signatures');
    askedAt = now;
    if (known && known.installed === installed) return known.signatures;
    const newest = await newerOf(holdings, installed, await shipped());
    known = { installed, signatures: prepareSignatures(newest) };
    return known.signatures;
  };
}

/**
 * Installs signatures: keeps them in the store as representation information and makes them the ones in use.
 * @returns their releases
 */
export async function installSignatures(holdings: Holdings, data: SignatureData, actor: string) {
  const versions = signatureVersions(data);
  const name = `PRONOM signatures ${versions.droid}, container signatures ${versions.container}`;
  const content = Buffer.from(signatureDataText(data));
  const [kept] = await keepRepresentationInformation(holdings, [{ name, path, content }]);
  if (!kept) throw new Error('representation information was not kept');
  await journal(
    holdings,
    {
      time: utcSeconds(holdings.clock()),
      institution: holdings.institution.id,
      type: 'signatures.installed',
      subject: kept.objectId,
      actor,
      detail: { ...versions, sha512: kept.sha512 },
    },
    (transaction) => writeInstalledSignatures(transaction, kept.objectId),
  );
  return versions;
}

async function newerOf(
  holdings: Holdings,
  installed: string | undefined,
  shipped: SignatureData,
): Promise<SignatureData> {
  if (installed === undefined || !(await findStoreObject(holdings.catalog, installed))) return shipped;
  const content = await holdings.storage.openState(installed, path);
  const kept: SignatureData = JSON.parse(Buffer.from(await readWhole(content, longest)).toString('utf8'));
  return isNewer(shipped, kept) ? shipped : kept;
}

/** Releases are numbered; an operator may go back only behind what the program ships. */
function isNewer(one: SignatureData, other: SignatureData): boolean {
  const difference = Number(one.droid.version) - Number(other.droid.version);
  return difference > 0 || (difference === 0 && Number(one.container.version) > Number(other.container.version));
}
