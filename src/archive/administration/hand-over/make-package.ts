import { ArchiveError, folderName, newRecordId, sha512Hex } from '../../../base/index.ts';
import { type AipFile, aipPathOf, aipPaths, buildSip, type SipFile } from '../../../standards/packages/index.ts';
import { aipContents, evidenceNow, sinceArchiving } from '../../access/index.ts';
import {
  type Creator,
  type Disposal,
  type DisposalItem,
  disposalItems,
  findCreator,
  findDisposal,
  findRecord,
} from '../../data-management/index.ts';
import type { EvidenceContext } from '../../preservation/index.ts';
import { type ActContext, known } from '../acts.ts';
import { takeStep } from '../disposal/disposal-steps.ts';
import { handOverReadme } from './hand-over-readme.ts';
import { handOverRegisters } from './hand-over-registers.ts';
import { type PackageIndex, packageIndexFile } from './open-package.ts';

/** What is made for a hand-over needs evidence, too: what waits for its batch has it closed now. */
export type HandOverContext = ActContext & EvidenceContext;

/** The name of the job that makes a package. */
export const handOverPackageJob = 'hand-over-package';

/** For whom a package is made. */
interface PackageRequest {
  /** Id or number of the hand-over. */
  readonly disposal: string;
  readonly actor: string;
}

/**
 * Makes the package of a hand-over (E-ARK SIP 2.2): for each record its AIP as it is kept, with history, evidence records and the
 * sealed statement of status; and the registers for the years handed over (UTT-19). What was made is kept with the act; documents
 * are read from the store when the package is fetched, and come out the same, byte for byte. Made again, it replaces the one
 * before, until it was handed over.
 * @throws ArchiveError ENTRY_UNKNOWN; STATE_CONFLICT before the commission agreed, after it was handed over, or when a record is
 *   gone; TIMESTAMP_UNAVAILABLE
 */
export async function makeHandOverPackage(
  context: HandOverContext,
  { disposal: wanted, actor }: PackageRequest,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<Disposal> {
  const { catalog, institution, clock, random } = context;
  const disposal = known(await findDisposal(catalog, institution.id, wanted), `hand-over ${wanted}`);
  if (disposal.kind !== 'hand-over' || disposal.state !== 'reviewed')
    throw new ArchiveError(
      'STATE_CONFLICT',
      `${disposal.number} is ${disposal.state}. A package is made of a hand-over that the commission agreed to and that was not handed over yet.`,
    );
  const creator = known(await findCreator(catalog, institution.id, disposal.creator), 'such creator');
  const items = (await disposalItems(catalog, disposal.id)).filter(({ state }) => state === 'listed');
  const representations: { name: string; files: SipFile[]; record: string; version: number }[] = [];
  for (const [index, item] of items.entries()) {
    representations.push(await recordFiles(context, item));
    onProgress(index + 1, items.length);
  }
  const id = newRecordId(clock, random);
  const createdAt = new Date(Math.floor(clock().getTime() / 1000) * 1000);
  const registers = { name: 'registers', files: await handOverRegisters(context, disposal, creator, items) };
  const built = buildSip({
    id,
    createdAt,
    label: `Предаја ${disposal.number}: ${creator.facts.name}`,
    software: context.software,
    creator: bodyOf(creator),
    submitter: bodyOf(creator),
    preserver: { name: creator.facts.competentArchive },
    agreement: agreementOf(disposal),
    descriptive: [
      { element: 'title', value: `Предаја архивске грађе ${disposal.number}`, language: 'sr-Cyrl' },
      { element: 'creator', value: creator.facts.name },
      { element: 'date', value: yearsOf(items) },
      { element: 'identifier', value: disposal.number },
    ],
    representations: [...representations, registers],
    documentation: handOverReadme,
  });
  const { index, files } = keptParts(folderName(id), built, representations);
  const indexBytes = Buffer.from(`${JSON.stringify(index)}\n`);
  const mets = index.entries.find(({ path }) => path === aipPaths.mets)?.sha512 ?? '';
  return takeStep(
    context,
    { disposal: disposal.id, actor },
    'reviewed',
    async () => ({
      step: 'packaged',
      state: 'reviewed',
      facts: {
        package: id,
        metsSha512: mets,
        indexSha512: sha512Hex(indexBytes),
        files: index.entries.length,
        bytes: index.entries.reduce((sum, { size }) => sum + size, 0),
        records: representations.map(({ record, version }) => ({ record, version })),
      },
      leftOut: [],
    }),
    [{ path: packageIndexFile, content: indexBytes }, ...files],
  );
}

function bodyOf({ facts: { name, registrationNumber } }: Creator) {
  return { name, ...(registrationNumber ? { code: registrationNumber } : {}) };
}

function agreementOf({ number, steps, early }: Disposal): string {
  const review = steps.findLast(({ step }) => step === 'commission')?.facts as { minutes?: { number: string } };
  return early ?? review?.minutes?.number ?? number;
}

function yearsOf(items: readonly DisposalItem[]): string {
  const years = items.map(({ year }) => year).sort();
  const [first = ''] = years;
  const last = years.at(-1) ?? first;
  return first === last ? first : `${first}/${last}`;
}

/** A record's AIP in a folder of its name, and beside it what goes with it, as an export has them. */
async function recordFiles(context: HandOverContext, { record: id, recordNumber }: DisposalItem) {
  const { catalog, institution, storage } = context;
  const record = await findRecord(catalog, institution.id, id);
  if (record?.state !== 'archived')
    throw new ArchiveError('STATE_CONFLICT', `Record ${recordNumber} is not here any more. Leave it out.`);
  await evidenceNow(context, record.id, record.version);
  const { folder, entries } = await aipContents(storage, record.id, record.version);
  const types = new Map(record.files.map((file) => [aipPathOf(file), file.mimeType]));
  const files: SipFile[] = entries.map(({ path, size, sha512 }) => ({
    path: `${folder}/${path}`,
    mimeType: types.get(path) ?? mimeTypeOf(path),
    payload: { size, sha512 },
  }));
  const evidenceOf = [aipPaths.mets, aipPaths.record, ...record.files.map(aipPathOf)];
  for await (const { path, content } of sinceArchiving(context, { record: id, version: record.version, evidenceOf }))
    files.push({ path: `${folder}.with/${path}`, mimeType: mimeTypeOf(path), content });
  return { name: record.number, files, record: record.id, version: record.version };
}

const mimeTypes: readonly (readonly [ending: string, mimeType: string])[] = [
  ['.xml', 'application/xml'],
  ['.json', 'application/json'],
  ['.jsonl', 'text/plain'],
  ['.txt', 'text/plain'],
  ['.pdf', 'application/pdf'],
  ['.p7s', 'application/pkcs7-signature'],
  ['.cer', 'application/pkix-cert'],
  ['.crl', 'application/pkix-crl'],
  ['.ocsp', 'application/ocsp-response'],
];

function mimeTypeOf(path: string): string {
  return mimeTypes.find(([ending]) => path.endsWith(ending))?.[1] ?? 'application/octet-stream';
}

/** What was made, to be kept with the act, and the list of all files of the package. */
function keptParts(
  folder: string,
  built: readonly AipFile[],
  records: readonly { readonly name: string; readonly record: string; readonly version: number }[],
): { readonly index: PackageIndex; readonly files: { path: string; content: Uint8Array }[] } {
  const byName = new Map(records.map((one) => [one.name, one]));
  const files: { path: string; content: Uint8Array }[] = [];
  const entries = built.map((file): PackageIndex['entries'][number] => {
    if ('content' in file) {
      const kept = `package/${files.length + 1}`;
      files.push({ path: kept, content: file.content });
      return { path: file.path, size: file.content.length, sha512: sha512Hex(file.content), kept };
    }
    const { record = '', version = 0 } = byName.get(file.path.split('/')[1] ?? '') ?? {};
    return { path: file.path, ...file.payload, record, version };
  });
  return { index: { folder, entries }, files };
}
