import { randomBytes, randomUUID, X509Certificate } from 'node:crypto';
import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CopyContext,
  type Drawing,
  issuedCopies,
  openDrawing,
  openRegistrar,
  preparedCopies,
} from './archive/access/index.ts';
import type { DrillReport } from './archive/administration/index.ts';
import {
  type ArchivalStorage,
  filesystemLocation,
  type LocationDriver,
  openStorage,
  startFilesystemWorkers,
} from './archive/archival-storage/index.ts';
import {
  type Catalog,
  isAlive,
  type KnownLocation,
  knownLocations,
  openCatalog,
  putInstitution,
  putLocation,
  readHead,
  readSetting,
  takeLock,
} from './archive/data-management/index.ts';
import {
  clamdScanner,
  clearStaging,
  defaultLimits,
  type IngestContext,
  libreOffice,
  openIngest,
  veraPdf,
} from './archive/ingest/index.ts';
import {
  catchUpWithJournal,
  commitToJournal,
  type Holdings,
  keepRepresentationInformation,
  type SharedFile,
} from './archive/packaging/index.ts';
import { type RevalidationContext, signaturesInUse, witnessAt } from './archive/preservation/index.ts';
import { profilesInUse, readProfiles } from './archive/profiles/index.ts';
import {
  type AuthorityTrust,
  builtInAuthority,
  cloudTimestamps,
  onlineMaterial,
  openSigningKey,
  openTestSeal,
  openTestSigningKey,
  openTestTimestampAuthority,
  readAnchors,
  remoteAuthority,
  type SigningKey,
  timestampAuthorities,
  trustedListsInUse,
  userSignatures,
} from './archive/trust-services/index.ts';
import { ArchiveError, type Clock, utcSeconds } from './base/index.ts';
import type { Config } from './config.ts';
import { isAlone, lockRecord, runFolder, whileNobodyElseOpens } from './run-folder.ts';
import type { OpenArchive } from './service/cli/index.ts';
import { catalogPlace, readSoftware, shipped } from './shipped.ts';
import { readShippedSignatures } from './shipped-signatures.ts';

/**
 * Opens the archive on a data folder, founding it when there is none: catalog, locations, journal, profiles, seals.
 * Many processes may have it open at once.
 * @param locate makes the driver of a location; tests put failing ones in its place
 * @throws ArchiveError LOCATION_UNAVAILABLE, STORE_TOO_NEW, JOURNAL_BROKEN
 */
export async function openArchive(config: Config, clock: Clock, locate = filesystemLocation): Promise<OpenArchive> {
  await mkdir(config.dataFolder, { recursive: true });
  return whileNobodyElseOpens(config, () => openOrFound(config, clock, locate));
}

async function openOrFound(config: Config, clock: Clock, locate: typeof filesystemLocation): Promise<OpenArchive> {
  const software = await readSoftware();
  const catalog = await openCatalog(catalogPlace(config));
  const workers = startFilesystemWorkers();
  const drawing = openDrawing();
  const owner = `process-${randomUUID()}`;
  const lock = await takeLock(runFolder(config), owner);
  const close = async () => {
    await drawing.close();
    await workers.close();
    await catalog.destroy();
    await lock?.release();
  };
  try {
    const drivers = config.locations.map((description) => locate(description, workers));
    const { storage, added } = await openLocations(catalog, drivers);
    const holdings: Holdings = {
      catalog,
      storage,
      clock,
      random: randomBytes,
      institution: config.institution,
      software,
      lockRecord: (id) => lockRecord(config, id),
    };
    await foundOrCatchUp(holdings, added);
    const context = await ingestContext(config, holdings, owner);
    const evidence = evidenceContext(config, context);
    if (await isAlone(config, owner)) await clearStaging(context);
    return {
      context,
      evidence,
      copies: copyContext(config, evidence, context, drawing),
      fixity: config.fixity,
      witnesses: config.witnesses.map((address) => witnessAt(address, config.witnessAuthorization)),
      ingest: openIngest(context),
      drill: (actor, onProgress) => drillOf(config, context, evidence, actor, onProgress),
      isAlive: (other) => isAlive(runFolder(config), other),
      ownAnchors: () => ownAnchors(config, context),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Root certificates of the archive's own seals; that of the built-in authority, too. */
async function ownAnchors({ dataFolder }: Config, { confirmationSeal, clock }: IngestContext) {
  const { anchor } = await confirmationSeal();
  const { anchor: test } = await openTestSeal(dataFolder, clock);
  return anchor && anchor.pem !== test.pem ? [anchor, test] : [test];
}

/** Loaded when there is a drill: nothing else needs it. */
async function drillOf(
  config: Config,
  context: IngestContext,
  evidence: RevalidationContext,
  actor: string,
  onProgress: (done: number, total: number) => void,
): Promise<DrillReport> {
  const { runDrill } = await import('./archive/administration/index.ts');
  const { backUp } = await import('./restore.ts');
  const drill = {
    ...evidence,
    ...context,
    drillFolder: join(config.dataFolder, 'drills'),
    backUp: (to: string) => backUp(config, context.clock, to),
    anchors: async () => [
      ...(await context.anchors()),
      ...(await ownAnchors(config, context)).map(({ pem }) => new X509Certificate(pem).raw),
    ],
  };
  return runDrill(drill, actor, onProgress);
}

async function ingestContext(config: Config, holdings: Holdings, owner: string): Promise<IngestContext> {
  const trustedLists = trustedListsInUse(config.trustedLists, holdings.clock);
  const references = once(async () => keepRepresentationInformation(holdings, await sharedFiles()));
  return {
    ...holdings,
    owner,
    profiles: profilesInUse(holdings.catalog, holdings.institution.id, await readProfiles(shipped('profiles'))),
    limits: defaultLimits,
    ...(config.clamd ? { scanner: clamdScanner(config.clamd) } : {}),
    tools: {
      ...(config.veraPdf ? { verifyPdfa: veraPdf(config.veraPdf) } : {}),
      ...(config.soffice ? { convertOffice: libreOffice(config.soffice) } : {}),
    },
    anchors: once(() => readAnchors(config.trustFolder)),
    ...(trustedLists ? { trustedLists } : {}),
    ...(config.online ? { materialSource: onlineMaterial(holdings.clock) } : {}),
    confirmationSeal: sealOf(config, holdings.clock),
    formatSignatures: signaturesInUse(holdings, readShippedSignatures),
    representationInformation: references,
  };
}

/** The configured key, kept open; the built-in one is asked for anew, since its certificates end. */
function sealOf({ seal, dataFolder }: Config, clock: Clock): () => Promise<SigningKey> {
  return seal ? once(() => openSigningKey(seal, clock)) : () => openTestSigningKey(dataFolder, clock);
}

/** The authorities that the operator names, in order; the built-in one where none is. */
function authoritiesOf(
  { timestampAuthorities: settings, seal, sealServiceStamps, dataFolder }: Config,
  trust: AuthorityTrust,
) {
  const service = seal?.kind === 'cloud' && sealServiceStamps ? [cloudTimestamps(seal, trust)] : [];
  const named = [...service, ...settings.map((each) => remoteAuthority(each, trust))];
  return timestampAuthorities(named.length > 0 ? named : [builtInAuthority(dataFolder, trust.clock)], trust.clock);
}

function evidenceContext(config: Config, context: IngestContext): RevalidationContext {
  const { clock, anchors, materialSource } = context;
  const trust = { clock, anchors, ...(materialSource ? { source: materialSource } : {}) };
  const builtIn = () => openTestTimestampAuthority(config.dataFolder, clock);
  return {
    ...context,
    authorities: authoritiesOf(config, trust),
    // what the built-in authority stamped before another was configured is still renewed
    timestampAnchors: async () => [...(await anchors()), new X509Certificate((await builtIn()).anchor.pem).raw],
    knownTimestampMaterial: async () => ({
      certificates: [],
      crls: [await (await builtIn()).revocationList()],
      ocspResponses: [],
    }),
    evidencePolicy: config.evidence,
  };
}

/**
 * Copies are sealed with the archive's own key. Where that or who stamps is built in, they say TEST and are not registered.
 */
function copyContext(
  config: Config,
  evidence: RevalidationContext,
  { confirmationSeal: seal, profiles }: Pick<IngestContext, 'confirmationSeal' | 'profiles'>,
  drawing: Drawing,
): CopyContext {
  const { personSigning } = config;
  return {
    ...evidence,
    drawing,
    issued: issuedCopies(join(config.dataFolder, 'issued-copies'), evidence.clock),
    prepared: preparedCopies(join(config.dataFolder, 'prepared-copies')),
    asksPersonSignature: async ({ profile }) =>
      (await profiles.current()).find(profile.id, profile.version).personSignature === 'required',
    ...(personSigning ? { userSignatures: userSignatures(personSigning, evidence.clock) } : {}),
    registrar: openRegistrar(evidence),
    issuer: config.issuer,
    sealingKey: async () => {
      const signer = await seal();
      const root = signer.anchor
        ? new X509Certificate(signer.anchor.pem).raw
        : (signer.chain.at(-1) ?? signer.chain[0]);
      const [stamping] = evidence.authorities.health();
      return { signer, anchor: root, isTest: signer.isTest || stamping?.isTest !== false };
    },
    ...(config.publicUrl ? { publicUrl: config.publicUrl } : {}),
  };
}

/** Opens every location that is to be active; one that is catching up may be away. */
async function openLocations(
  catalog: Catalog,
  drivers: readonly LocationDriver[],
): Promise<{ storage: ArchivalStorage; added: KnownLocation[] }> {
  const known = new Map((await knownLocations(catalog)).map((location) => [location.name, location]));
  const isNew = (await readHead(catalog)).sequence === 0;
  const added: KnownLocation[] = [];
  for (const driver of drivers) {
    const { name } = driver.description;
    const before = known.get(name);
    if (before?.state === 'catching-up') continue;
    const identity = await driver.open(before?.identity);
    if (before) continue;
    if (isNew && (await driver.journalSize()) > 0)
      throw new ArchiveError(
        'LOCATION_UNAVAILABLE',
        `“${name}” holds an archive that this catalog does not know. Run \`trajno rebuild\`.`,
      );
    added.push({ name, identity, state: isNew ? 'active' : 'catching-up' });
  }
  const states = new Map([...known.values(), ...added].map(({ name, state }) => [name, state]));
  return { storage: await openStorage(drivers, states), added };
}

/** The first entries of a new archive; for one that exists, what the catalog missed and locations that were added to it. */
async function foundOrCatchUp(holdings: Holdings, added: readonly KnownLocation[]): Promise<void> {
  const { catalog, storage, clock, institution, software } = holdings;
  const openSize = Number((await readSetting(catalog, 'journal-open-size')) ?? 0);
  const sizes = await Promise.all(storage.active().map((driver) => driver.journalSize()));
  if (sizes.some((size) => size !== openSize)) await catchUpWithJournal(holdings);
  const founding = (await readHead(catalog)).sequence === 0;
  if (!founding && added.length === 0) return;
  const entry = { time: utcSeconds(clock()), institution: institution.id, actor: 'operator' };
  await commitToJournal(holdings, {
    entries: async (transaction) => {
      const first = (await readHead(transaction)).sequence === 0;
      return [
        ...(first ? [{ ...entry, type: 'archive.founded' as const, detail: { software: software.version } }] : []),
        ...(first ? [{ ...entry, type: 'institution.added' as const, detail: { name: institution.name } }] : []),
        ...added.map(({ name, identity, state }) => ({
          ...entry,
          type: state === 'active' ? ('location.added' as const) : ('location.catching-up' as const),
          subject: name,
          detail: { identity, reason: state === 'active' ? 'founding' : 'added later' },
        })),
      ];
    },
    project: async (transaction) => {
      await putInstitution(transaction, { ...institution, createdAt: entry.time });
      for (const location of added) await putLocation(transaction, location);
    },
  });
}

/** The schemas that packages refer to; their licences are in `representation-information/README.md`. */
async function sharedFiles(): Promise<SharedFile[]> {
  const folder = shipped('representation-information');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.xsd')).sort();
  return Promise.all(
    names.map(async (name) => ({
      name: `XML schema ${name}`,
      path: name,
      content: await readFile(join(folder, name)),
    })),
  );
}

function once<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let result: Promise<Result> | undefined;
  return () => {
    if (!result) {
      result = work();
      result.catch(() => {
        result = undefined; // the next caller tries again
      });
    }
    return result;
  };
}
