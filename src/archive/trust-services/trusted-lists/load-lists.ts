import { basename } from 'node:path';
import type { Clock } from '../../../base/index.ts';
import { type ListPointer, readTrustedList, type TrustedList } from '../../../standards/trusted-lists/index.ts';
import { publicRequest, type RequestLimits } from '../online/public-request.ts';
import { readAnchors } from '../trust-anchors.ts';
import { followPivots } from './follow-pivots.ts';
import { type ListCache, largestList, listCache, listFiles } from './list-files.ts';
import { type ListRefusal, territoryOf, verifyTrustedList } from './verify-list.ts';

/** Where trusted lists come from, and who may sign them. */
export interface TrustedListSettings {
  /** Files, folders and addresses (`https:`) of lists, or of lists of lists. */
  readonly sources: readonly string[];
  /** A folder, or a file, with the certificates that may sign those; who may sign the others their pointers say. */
  readonly signers: string;
  /** Where what was fetched is kept. */
  readonly cacheFolder: string;
  /** Whether anything is fetched; otherwise only what was before is used. */
  readonly online: boolean;
  /** Which addresses may be connected to; those of the public internet when left out. */
  readonly isAllowed?: (address: string) => boolean;
}

/** A source that gave no list. */
export interface RefusedList {
  readonly source: string;
  readonly refusal: ListRefusal;
}

/** What was loaded. */
export interface LoadedLists {
  /** Verified; the newest of each scheme. */
  readonly lists: readonly TrustedList[];
  readonly refused: readonly RefusedList[];
}

interface Candidate {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** What the address gave before, where this was fetched. */
  readonly before?: Uint8Array;
}

interface Loading {
  readonly settings: TrustedListSettings;
  readonly cache: ListCache;
  readonly now: Date;
  readonly lists: TrustedList[];
  readonly refused: RefusedList[];
}

const fetchLimits: RequestLimits = { milliseconds: 60_000, bytes: largestList };
/** A list that was fetched is fetched again after this; publishers renew within days (TS 119 612 5.3.15: at most six months). */
const believed = 20 * 3_600_000;
/** A list is many times its size while it is verified. */
const listsAtOnce = 4;
const listMediaType = 'application/vnd.etsi.tsl+xml';

/**
 * Loads the trusted lists of the settings: those that they name, signed by one of the certificates that they name, and
 * those that a list of lists among them points to, signed by one that the pointer names (TS 119 615 4.1, 4.2). A list of
 * lists that a later signer signed is taken by way of its pivots (`follow-pivots.ts`). A local file
 * that a pointer speaks for by its territory is used in its place. What is not verified is left out and told.
 * @throws ArchiveError USAGE when a file of the settings is not there
 */
export async function loadTrustedLists(settings: TrustedListSettings, clock: Clock): Promise<LoadedLists> {
  const cache = listCache(settings.cacheFolder);
  const loading: Loading = { settings, cache, now: clock(), lists: [], refused: [] };
  const signers = await readAnchors(settings.signers);
  const { waiting, verified } = await namedLists(loading, signers);
  const pointers = newestOfEach(verified).flatMap((list) =>
    list.pointers.filter((pointer) => isToAnother(pointer, list, settings.sources)),
  );
  const follow = async () => {
    for (let next = pointers.shift(); next; next = pointers.shift()) await followPointer(loading, next, waiting);
  };
  await Promise.all(Array.from({ length: listsAtOnce }, follow));
  loading.refused.push(...[...waiting.values()].map(({ name, refusal }) => ({ source: name, refusal })));
  return { lists: newestOfEach(loading.lists), refused: loading.refused };
}

type Waiting = Map<string, Candidate & { readonly refusal: ListRefusal; readonly territory: string | undefined }>;

/** The lists that the settings name: those that their signers signed, and files that wait for a pointer to speak for them. */
async function namedLists(loading: Loading, signers: readonly Uint8Array[]) {
  const waiting: Waiting = new Map();
  const verified: TrustedList[] = [];
  const candidates: Candidate[] = [];
  for (const source of loading.settings.sources) candidates.push(...(await candidatesOf(loading, source)));
  for (const candidate of candidates) {
    const list = await accept(loading, candidate, (bytes) => verifiedOrByPivots(loading, bytes, signers, candidates));
    if (typeof list === 'string') {
      const territory = territoryOf(candidate.bytes);
      waiting.set(candidate.name, { ...candidate, refusal: list, territory });
    } else verified.push(list);
  }
  return { waiting, verified };
}

async function candidatesOf(loading: Loading, source: string): Promise<Candidate[]> {
  if (!isAddress(source))
    return (await listFiles(source)).flatMap(({ name, bytes }) => {
      if (bytes) return [{ name, bytes }];
      loading.refused.push({ source: name, refusal: 'TOO_LARGE' });
      return [];
    });
  const fetched = await obtain(loading, source);
  return fetched ? [fetched] : [];
}

/** A list by one of the signers, or by those whom the pivots that it names lead to. */
async function verifiedOrByPivots(
  loading: Loading,
  bytes: Uint8Array,
  signers: readonly Uint8Array[],
  files: readonly Candidate[],
): Promise<TrustedList | ListRefusal> {
  const { cache, now, refused } = loading;
  const found = await verifyTrustedList(bytes, signers, now);
  if (found !== 'SIGNER_UNKNOWN') return found;
  const list = readTrustedList(bytes);
  const read = (address: string) => pivotAt(loading, address, files);
  const { last, taken, ...followed } = await followPivots(list, signers, now, read);
  for (const { address, bytes: pivot } of taken) await cache.keepFetched(address, pivot);
  for (const one of followed.refused)
    if (!refused.some(({ source, refusal }) => source === one.source && refusal === one.refusal)) refused.push(one);
  if (last?.sha256 === list.sha256) return last;
  return followed.signers ? verifyTrustedList(bytes, followed.signers, now) : found;
}

/** A pivot never changes: a file of its name among the sources, what was fetched before, or what its address gives. */
async function pivotAt(
  { settings, cache }: Loading,
  address: string,
  files: readonly Candidate[],
): Promise<Uint8Array | undefined> {
  const file = files.find(({ name }) => !isAddress(name) && basename(name) === basename(address));
  const before = file ?? (await cache.readFetched(address));
  if (before || !settings.online) return before?.bytes;
  const answer = await publicRequest({ url: address }, limitsOf(settings));
  return typeof answer === 'string' ? undefined : answer;
}

const isAddress = (source: string) => /^https?:\/\//i.test(source);

/** A pointer to another list in XML: lists of lists point to themselves too, and to a form for people. */
function isToAnother({ location, territory, mediaType }: ListPointer, from: TrustedList, sources: readonly string[]) {
  return (
    (mediaType === listMediaType || mediaType === '') && territory !== from.territory && !sources.includes(location)
  );
}

async function followPointer(loading: Loading, pointer: ListPointer, waiting: Waiting): Promise<void> {
  const { signers, territory, location } = pointer;
  const verify = (bytes: Uint8Array) => verifiedOf(territory, bytes, signers, loading.now);
  for (const candidate of [...waiting.values()].filter((one) => one.territory === territory)) {
    const list = await accept(loading, candidate, verify);
    if (typeof list === 'string') continue;
    waiting.delete(candidate.name);
    return;
  }
  if (!isAddress(location)) return;
  const fetched = await obtain(loading, location);
  if (!fetched) return;
  const list = await accept(loading, fetched, verify);
  if (typeof list === 'string') loading.refused.push({ source: location, refusal: list });
}

const limitsOf = ({ isAllowed }: TrustedListSettings) => ({ ...fetchLimits, ...(isAllowed ? { isAllowed } : {}) });

/** What an address gives; what it gave before where that is new enough, or where nothing is to be had. */
async function obtain({ settings, cache, now, refused }: Loading, address: string): Promise<Candidate | undefined> {
  const before = await cache.readFetched(address);
  if (before && (!settings.online || now.getTime() - before.at.getTime() < believed))
    return { name: address, bytes: before.bytes };
  const answer = settings.online ? await publicRequest({ url: address }, limitsOf(settings)) : 'UNREACHABLE';
  if (typeof answer !== 'string') return { name: address, bytes: answer, ...(before ? { before: before.bytes } : {}) };
  if (before) return { name: address, bytes: before.bytes };
  refused.push({ source: address, refusal: 'UNREACHABLE' });
  return undefined;
}

/** Takes a list in when it is verified; in place of a fetched one that is not, or that is older, stays what was there before. */
async function accept(
  loading: Loading,
  candidate: Candidate,
  verify: (bytes: Uint8Array) => Promise<TrustedList | ListRefusal>,
): Promise<TrustedList | ListRefusal> {
  const { cache, lists, refused } = loading;
  const { name, bytes, before } = candidate;
  const found = await verify(bytes);
  const earlier = before && (await verify(before));
  const refusal =
    typeof found === 'string' ? found : isOlder(found, earlier) ? ('OLDER_THAN_BEFORE' as const) : undefined;
  const list = refusal ? earlier : found;
  if (!list || typeof list === 'string') return refusal ?? 'BROKEN';
  if (refusal) refused.push({ source: name, refusal });
  else if (isAddress(name)) await cache.keepFetched(name, bytes);
  await cache.keepUsed(list.sha256, refusal && before ? before : bytes);
  lists.push(list);
  return list;
}

async function verifiedOf(territory: string, bytes: Uint8Array, signers: readonly Uint8Array[], now: Date) {
  const list = await verifyTrustedList(bytes, signers, now);
  return typeof list !== 'string' && territory && list.territory !== territory ? 'WRONG_TERRITORY' : list;
}

function isOlder(found: TrustedList, earlier: TrustedList | ListRefusal | undefined): boolean {
  return typeof earlier === 'object' && found.sequenceNumber < earlier.sequenceNumber;
}

/** One list of each scheme: of several the one with the highest sequence number. */
function newestOfEach(lists: readonly TrustedList[]): TrustedList[] {
  const newest = new Map<string, TrustedList>();
  for (const list of lists) {
    const key = `${list.territory} ${list.type}`;
    const known = newest.get(key);
    if (!known || known.sequenceNumber < list.sequenceNumber) newest.set(key, list);
  }
  return [...newest.values()].sort((one, other) => (one.territory < other.territory ? -1 : 1));
}
