import {
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  randomBytes,
  X509Certificate,
} from 'node:crypto';
import { promisify } from 'node:util';
import type { Clock } from '../../base/index.ts';
import {
  authorityKeyIdentifier,
  type CertificateHolder,
  type CertificateProfile,
  certificatePolicies,
  certify,
  crlNumber,
  type DigestSigner,
  issueRevocationList,
  keyIdentifier,
  type NameAttributes,
  noRevocationAvailable,
  softwareSigner,
} from '../../standards/seals/index.ts';
import { keyFilesNamed, keysFolder, readOrMakeKeyFile } from './key-files.ts';

const newKeyPair = promisify(generateKeyPair);

/**
 * Certificates and tokens of built-in test keys are issued under this policy: an identifier from a random UUID
 * (ITU-T X.667), in nobody's register.
 */
export const testPolicy = '2.25.10110090781797882388264166873934981399';

/** What everyone who looks into such a certificate is told. */
const testNotice = 'TEST: made by Trajno itself, proves nothing to outsiders / ПРОБА: не доказује ништа трећим лицима';

/** A root certificate by which others can check what a built-in key made. */
export interface Anchor {
  /** A file name without its ending. */
  readonly name: string;
  readonly pem: string;
}

/** A built-in key, ready to sign, with the root that its certificate leads to. */
export interface TestKey {
  readonly signer: DigestSigner;
  readonly anchor: Anchor;
}

/** What a built-in key is for. */
export interface TestKeyKind {
  /** The key files' beginning: `test-seal` for `test-seal-0001.pem`. */
  readonly name: string;
  readonly subject: NameAttributes;
  readonly profile: CertificateProfile;
  /** A key whose certificate ends within this time, in milliseconds, is replaced: what it makes is to last for a while. */
  readonly lasting?: number;
}

const organization = 'Trajno TEST / ПРОБА';

/** Names of built-in keys start alike, so that no list of certificates hides what they are. */
export const testSubject = (commonName: string, unit: string): NameAttributes => ({
  C: 'RS',
  O: organization,
  OU: unit,
  CN: commonName,
});

/**
 * The built-in key of a kind, below `<dataFolder>/keys`: made on first use, under a test authority of this data folder;
 * made anew, with a new certificate, when the clock is outside the validity of the ones there are.
 * @throws Error when a key file cannot be read or written
 */
export async function openTestKey(dataFolder: string, clock: Clock, kind: TestKeyKind): Promise<TestKey> {
  const folder = keysFolder(dataFolder);
  const authority = parseKeyFile(await readOrMakeKeyFile(folder, 'test-authority.pem', makeAuthority));
  const names = await keyFilesNamed(folder, kind.name); // seen once: who looks again may number past another process's key
  const text =
    (await validKeyFile(folder, names, clock, kind.lasting)) ??
    (await nextKeyFile(folder, names, kind, clock, authority));
  const { key, certificates } = parseKeyFile(text);
  const [certificate, ...issuers] = certificates;
  return {
    signer: softwareSigner(key, [certificate.raw, ...issuers.map(({ raw }) => raw)]),
    anchor: { name: 'trajno-test-authority', pem: authority.certificates[0].toString() },
  };
}

/**
 * The test authority's list of revoked certificates, of now, with none on it: what is validated by its rules wants one.
 * @returns DER
 */
export async function testRevocationList(dataFolder: string, clock: Clock): Promise<Uint8Array> {
  const file = parseKeyFile(await readOrMakeKeyFile(keysFolder(dataFolder), 'test-authority.pem', makeAuthority));
  const now = Math.floor(clock().getTime() / 1000) * 1000;
  const before = lists.get(file);
  if (before?.of === now) return before.list;
  const list = signedList(file, now);
  lists.set(file, { of: now, list });
  return list;
}

/** The newest list of each authority: many seals are made in one second. */
const lists = new WeakMap<KeyFile, { readonly of: number; readonly list: Promise<Uint8Array> }>();

async function signedList(file: KeyFile, now: number): Promise<Uint8Array> {
  const { subject, subjectPublicKeyInfo, signer } = authorityOf(file);
  const contents = {
    issuer: subject,
    thisUpdate: new Date(now),
    nextUpdate: new Date(now + listLifetime),
    revoked: [],
    extensions: [authorityKeyIdentifier(subjectPublicKeyInfo), crlNumber(now / 1000)],
  };
  return issueRevocationList(contents, signer);
}

/** The newest key file whose certificate is valid at the clock's time. */
async function validKeyFile(
  folder: string,
  names: readonly string[],
  clock: Clock,
  lasting = 0,
): Promise<string | undefined> {
  const now = clock().getTime();
  for (const name of [...names].reverse()) {
    const text = await readOrMakeKeyFile(folder, name, () => Promise.reject(new Error(`${name} has vanished`)));
    const [{ validFrom, validTo }] = parseKeyFile(text).certificates;
    if (Date.parse(validFrom) <= now && now + lasting <= Date.parse(validTo)) return text;
  }
  return undefined;
}

async function nextKeyFile(
  folder: string,
  names: readonly string[],
  kind: TestKeyKind,
  clock: Clock,
  authority: KeyFile,
): Promise<string> {
  const last = names.at(-1);
  const number = last ? Number(last.slice(-8, -4)) + 1 : 1;
  const name = `${kind.name}-${String(number).padStart(4, '0')}.pem`;
  return readOrMakeKeyFile(folder, name, () => makeKey(kind, clock, authority));
}

const day = 24 * 3600 * 1000;
const listLifetime = 10 * day;
/** As long as trust services give a certificate. */
const keyLifetime = 3 * 365 * day;

async function makeKey(kind: TestKeyKind, clock: Clock, authority: KeyFile): Promise<string> {
  const { privateKey } =
    kind.profile === 'timestamps'
      ? await newKeyPair('ec', { namedCurve: 'P-256' })
      : await newKeyPair('rsa', { modulusLength: 3072 });
  const today = Math.floor(clock().getTime() / day) * day;
  const holder = await certify(
    {
      profile: kind.profile,
      subject: kind.subject,
      privateKey,
      serialNumber: newSerialNumber(),
      notBefore: new Date(today),
      notAfter: new Date(today + keyLifetime),
      extensions: [certificatePolicies(testPolicy, testNotice), noRevocationAvailable()],
    },
    authorityOf(authority),
  );
  return keyFileText(privateKey, holder.signer.chain);
}

/** The authority never ends (RFC 5280 4.1.2.5), so that a test seal of today can be checked by the same root for ever. */
async function makeAuthority(): Promise<string> {
  const { privateKey } = await newKeyPair('ec', { namedCurve: 'P-256' });
  const { signer } = await certify({
    profile: 'authority',
    subject: authorityName(subjectPublicKeyInfoOf(privateKey)),
    privateKey,
    serialNumber: newSerialNumber(),
    notBefore: new Date('2020-01-01T00:00:00Z'),
    notAfter: new Date('9999-12-31T23:59:59Z'),
    extensions: [certificatePolicies(testPolicy, testNotice)],
  });
  return keyFileText(privateKey, signer.chain);
}

function authorityOf({ key, certificates: [certificate] }: KeyFile): CertificateHolder {
  const subjectPublicKeyInfo = subjectPublicKeyInfoOf(key);
  return {
    subject: authorityName(subjectPublicKeyInfo),
    subjectPublicKeyInfo,
    serialNumber: BigInt(`0x${certificate.serialNumber}`),
    signer: softwareSigner(key, [certificate.raw]),
  };
}

const subjectPublicKeyInfoOf = (key: KeyObject): Uint8Array =>
  createPublicKey(key).export({ type: 'spki', format: 'der' });

/** Each data folder's authority has a name of its own, by its key. */
function authorityName(subjectPublicKeyInfo: Uint8Array): NameAttributes {
  const mark = Buffer.from(keyIdentifier(subjectPublicKeyInfo)).toString('hex').slice(0, 8).toUpperCase();
  return testSubject(`Trajno TEST authority ${mark} – proves nothing`, 'Probno telo – ne dokazuje ništa');
}

/** 127 random bits, positive and never zero (RFC 5280 4.1.2.2). */
function newSerialNumber(): bigint {
  const octets = randomBytes(16);
  octets[0] = ((octets[0] ?? 0) & 0x3f) | 0x40;
  return BigInt(`0x${octets.toString('hex')}`);
}

/** A private key, its certificate and the issuers', as PEM. */
interface KeyFile {
  readonly key: KeyObject;
  readonly certificates: readonly [X509Certificate, ...X509Certificate[]];
}

function keyFileText(key: KeyObject, certificates: readonly Uint8Array[]): string {
  const pem = certificates.map((certificate) => new X509Certificate(certificate).toString());
  return [key.export({ type: 'pkcs8', format: 'pem' }), ...pem].join('');
}

/** Files already parsed, by their text: a key is asked for with every seal and time-stamp. */
const parsed = new Map<string, KeyFile>();
const mostParsed = 64;

function parseKeyFile(text: string): KeyFile {
  const known = parsed.get(text) ?? readKeyFile(text);
  if (parsed.size >= mostParsed) parsed.clear();
  parsed.set(text, known);
  return known;
}

function readKeyFile(text: string): KeyFile {
  try {
    const blocks = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
    const [first, ...others] = blocks.map((block) => new X509Certificate(block));
    if (!first) throw new Error('no certificate in it');
    return { key: createPrivateKey(text), certificates: [first, ...others] };
  } catch (cause) {
    throw new Error('A built-in test key cannot be read. Move the files of `keys` away to have new ones made.', {
      cause,
    });
  }
}
