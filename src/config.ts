import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Issuer } from './archive/access/index.ts';
import type { LocationDescription } from './archive/archival-storage/index.ts';
import type { ClamdSettings } from './archive/ingest/index.ts';
import type { ServiceClient, TrustedListSettings } from './archive/trust-services/index.ts';
import { ArchiveError, type InstitutionId } from './base/index.ts';
import { type IssuerInFile, issuerOf, personSigningService } from './issuer-config.ts';
import {
  listed,
  type PreservationInFile,
  type PreservationSettings,
  preservationSettings,
} from './preservation-config.ts';
import { type SealSettings, sealSettings } from './seal-config.ts';
import { type SignInSettings, signInSettings } from './sign-in-config.ts';

/** Every setting of the product: the environment, then `config.json` in the data folder, then a default. */
export interface Config extends PreservationSettings, SealSettings, SignInSettings {
  /** TRAJNO_DATA: everything that is written goes below it. */
  readonly dataFolder: string;
  /** TRAJNO_DATABASE: where the catalog lies, a PostgreSQL database as `postgres://…`; SQLite in the data folder without it. */
  readonly database?: string;
  /** TRAJNO_HOST, TRAJNO_PORT: where the service listens; loopback unless told otherwise. */
  readonly host: string;
  readonly port: number;
  /** TRAJNO_URL: the address people type, when it differs from host and port. */
  readonly publicUrl?: string;
  readonly institution: { readonly id: InstitutionId; readonly name: string };
  /** `issuer` of `config.json`: who issues certified copies, and what that is by the law. */
  readonly issuer: Issuer;
  /**
   * TRAJNO_PERSON_SIGNING: the address of the signing service (CSC API v2) at which the authorised person signs copies in the cloud;
   * TRAJNO_PERSON_SIGNING_CLIENT_ID, TRAJNO_PERSON_SIGNING_CLIENT_SECRET: by what it knows the archive.
   */
  readonly personSigning?: ServiceClient;
  /** Where the store lies: at least two devices for a copy that counts. */
  readonly locations: readonly LocationDescription[];
  /** TRAJNO_TRUST: a folder with the certificates that paths may end in. */
  readonly trustFolder: string;
  /**
   * TRAJNO_TRUSTED_LISTS: files, folders and addresses of trusted lists or lists of them, parted by commas, and
   * TRAJNO_TRUSTED_LIST_SIGNERS: the certificates that may sign those. Without it nothing is said of qualification.
   */
  readonly trustedLists?: TrustedListSettings;
  /** TRAJNO_CLAMD, TRAJNO_CLAMD_MAX_FILE_SIZE: the malware scanner; without it records are marked as not scanned. */
  readonly clamd?: ClamdSettings;
  /** TRAJNO_VERAPDF: veraPDF's command, or the folder of its archives; claims of PDF/A are not verified without it. */
  readonly veraPdf?: string;
  /** TRAJNO_SOFFICE: LibreOffice's command, which makes PDF/A of office documents. */
  readonly soffice?: string;
  /** TRAJNO_ONLINE: whether certificates and revocation data that are missing are fetched; `no` keeps to what is at hand. */
  readonly online: boolean;
  /** TRAJNO_LOG: level of the log on stderr. */
  readonly logLevel: string;
}

interface ConfigFile extends PreservationInFile {
  database?: string;
  host?: string;
  port?: number;
  publicUrl?: string;
  institution?: { id: string; name: string };
  issuer?: IssuerInFile;
  locations?: LocationDescription[];
  trustFolder?: string;
  seal?: string;
  trustedLists?: string[];
  trustedListSigners?: string;
  online?: boolean;
  clamd?: string;
  clamdMaxFileSize?: number;
  veraPdf?: string;
  soffice?: string;
  logLevel?: string;
}

/**
 * The settings of the demo: a folder of its own, beside the real one, and no location or trust but what lies in it.
 * @throws ArchiveError USAGE when a setting is not as it must be
 */
export function readDemoConfig(environment: NodeJS.ProcessEnv): Config {
  const {
    TRAJNO_DATABASE: _database,
    TRAJNO_LOCATIONS: _locations,
    TRAJNO_TRUST: _trust,
    TRAJNO_TRUSTED_LISTS: _lists,
    TRAJNO_TIMESTAMPS: _stamps,
    TRAJNO_SEAL: _seal,
    TRAJNO_SEAL_TIMESTAMPS: _serviceStamps,
    ...rest
  } = environment;
  return readConfig({ ...rest, TRAJNO_DATA: `${environment.TRAJNO_DATA || 'data'}-demo` });
}

/**
 * Reads the settings.
 * @throws ArchiveError USAGE when a setting is not as it must be
 */
export function readConfig(environment: NodeJS.ProcessEnv): Config {
  const dataFolder = resolve(environment.TRAJNO_DATA || 'data');
  const file = readConfigFile(join(dataFolder, 'config.json'));
  const port = Number(environment.TRAJNO_PORT ?? file.port ?? 8090);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new ArchiveError('USAGE', 'TRAJNO_PORT must be a number from 0 to 65535.');
  const online = isOnline(environment.TRAJNO_ONLINE, file.online);
  const publicUrl = environment.TRAJNO_URL ?? file.publicUrl;
  const institution = environment.TRAJNO_INSTITUTION ?? file.institution?.name ?? 'Trajno';
  return {
    dataFolder,
    ...databaseOf(environment.TRAJNO_DATABASE ?? file.database),
    host: environment.TRAJNO_HOST ?? file.host ?? '127.0.0.1',
    port,
    ...(publicUrl ? { publicUrl } : {}),
    institution: {
      id: (environment.TRAJNO_INSTITUTION_ID ?? file.institution?.id ?? 'default') as InstitutionId,
      name: institution,
    },
    issuer: issuerOf(file.issuer, institution),
    ...personSigningService(environment),
    locations: locationsOf(environment.TRAJNO_LOCATIONS, file.locations, dataFolder),
    trustFolder: resolve(environment.TRAJNO_TRUST ?? file.trustFolder ?? join(dataFolder, 'trust')),
    ...clamdOf(environment.TRAJNO_CLAMD ?? file.clamd, environment.TRAJNO_CLAMD_MAX_FILE_SIZE ?? file.clamdMaxFileSize),
    ...toolsOf(environment, file),
    online,
    ...preservationSettings(environment, file, dataFolder),
    ...sealSettings(environment, file.seal),
    ...signInSettings(environment),
    ...trustedListsOf(environment, file, dataFolder, online),
    logLevel: environment.TRAJNO_LOG ?? file.logLevel ?? 'info',
  };
}

/**
 * The settings of trusted lists alone.
 * @param instead sources in place of those of the configuration
 * @throws ArchiveError USAGE
 */
export function trustedListSettings(
  environment: NodeJS.ProcessEnv,
  instead: readonly string[],
): TrustedListSettings | undefined {
  if (instead.length === 0) return readConfig(environment).trustedLists;
  return readConfig({ ...environment, TRAJNO_TRUSTED_LISTS: instead.join(',') }).trustedLists;
}

/** @throws ArchiveError USAGE */
function trustedListsOf(
  environment: NodeJS.ProcessEnv,
  file: ConfigFile,
  dataFolder: string,
  online: boolean,
): { trustedLists?: TrustedListSettings } {
  const sources = listed(environment.TRAJNO_TRUSTED_LISTS, file.trustedLists);
  if (sources.length === 0) return {};
  if (sources.some((source) => /^[a-z0-9+]+:/i.test(source) && !/^https:\/\//i.test(source)))
    throw new ArchiveError('USAGE', 'TRAJNO_TRUSTED_LISTS must name files, folders or https: addresses.');
  const signers = environment.TRAJNO_TRUSTED_LIST_SIGNERS ?? file.trustedListSigners;
  return {
    trustedLists: {
      sources: sources.map((source) => (/^https:/i.test(source) ? source : resolve(source))),
      signers: resolve(signers ?? join(dataFolder, 'trusted-list-signers')),
      cacheFolder: join(dataFolder, 'trusted-lists'),
      online,
    },
  };
}

/** Programs of others that documents are looked into by, and made with. */
function toolsOf(environment: NodeJS.ProcessEnv, file: ConfigFile): { veraPdf?: string; soffice?: string } {
  // they are run in a folder of their own: a path must stand for itself, a name is looked for where programs are
  const placed = (text: string | undefined) => (text?.includes('/') ? resolve(text) : text);
  const veraPdf = placed(environment.TRAJNO_VERAPDF ?? file.veraPdf);
  const soffice = placed(environment.TRAJNO_SOFFICE ?? file.soffice);
  return { ...(veraPdf ? { veraPdf } : {}), ...(soffice ? { soffice } : {}) };
}

/** @throws ArchiveError USAGE */
function isOnline(text: string | undefined, fromFile = true): boolean {
  if (!text) return fromFile;
  if (text === 'yes' || text === 'no') return text === 'yes';
  throw new ArchiveError('USAGE', 'TRAJNO_ONLINE must be “yes” or “no”.');
}

function readConfigFile(path: string): ConfigFile {
  if (!existsSync(path)) return {};
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new ArchiveError('USAGE', `${path} is not JSON. Correct it or take it away.`, { cause });
  }
}

/** TRAJNO_LOCATIONS: `name=folder` or `name=file:///folder`, parted by commas. */
function locationsOf(
  text: string | undefined,
  fromFile: readonly LocationDescription[] | undefined,
  dataFolder: string,
): LocationDescription[] {
  const described = text
    ? text.split(',').map((part) => {
        const [name = '', url = ''] = part.split(/=(.*)/s);
        return { name: name.trim(), url: url.trim() };
      })
    : (fromFile ?? ['first', 'second'].map((name) => ({ name, url: join(dataFolder, 'locations', name) })));
  const names = new Set<string>();
  return described.map((location) => {
    if (!/^[a-z0-9-]{1,40}$/.test(location.name) || names.has(location.name))
      throw new ArchiveError('USAGE', `“${location.name}” is no name for a location: use a-z, 0-9 and -, each once.`);
    names.add(location.name);
    if (/^[a-z0-9+]+:/i.test(location.url) && !location.url.startsWith('file:'))
      throw new ArchiveError(
        'USAGE',
        `The location “${location.name}” is of a kind that this version cannot use; file: is.`,
      );
    return {
      ...location,
      url: location.url.startsWith('file:') ? location.url : pathToFileURL(resolve(location.url)).href,
    };
  });
}

/** @throws ArchiveError USAGE */
function databaseOf(address: string | undefined): { database?: string } {
  if (!address) return {};
  // The address is not repeated: a password may stand in it.
  if (!/^postgres(ql)?:\/\//i.test(address))
    throw new ArchiveError('USAGE', 'TRAJNO_DATABASE must begin with postgres://.');
  return { database: address };
}

/** What clamd looks into unless its configuration says otherwise (MaxFileSize and StreamMaxLength, 100 MB). */
const usualClamdLimit = 100 << 20;

function clamdOf(text: string | undefined, largest: string | number = usualClamdLimit): { clamd?: ClamdSettings } {
  if (!text) return {};
  const address = parseClamdAddress(text);
  if (!address) throw new ArchiveError('USAGE', 'TRAJNO_CLAMD must be host:port, or the path of the socket of clamd.');
  const maxFileSize = Number(largest);
  if (!Number.isSafeInteger(maxFileSize) || maxFileSize < 1)
    throw new ArchiveError('USAGE', 'TRAJNO_CLAMD_MAX_FILE_SIZE must be a number of bytes.');
  return { clamd: { address, maxFileSize } };
}

const usualClamdPort = 3310;

/**
 * Reads `host:port`, `[address]:port`, `host`, or a socket's path (`/run/clamav/clamd.ctl`, `unix:/run/…`).
 * @returns undefined when it is none of these
 */
function parseClamdAddress(text: string): ClamdSettings['address'] | undefined {
  const path = text.replace(/^unix:(\/\/)?/, '');
  if (path.startsWith('/')) return { path };
  const [, inBrackets, plain, digits] = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = inBrackets ?? plain;
  const port = digits === undefined ? usualClamdPort : Number(digits);
  return host && port > 0 && port < 65536 ? { host, port } : undefined;
}
