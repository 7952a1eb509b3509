import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import forge from 'node-forge';
import { ArchiveError } from '../../../base/index.ts';
import { softwareSigner } from '../../../standards/seals/index.ts';
import { certificateOf, chainFrom } from './certificate-chain.ts';
import { type Secret, type SigningKey, signingKey } from './signing-key.ts';

/** A key in a file (RFC 7292): the simplest kind, and the one that is only as safe as the machine. */
export interface Pkcs12Settings {
  readonly kind: 'pkcs12';
  readonly file: string;
  readonly pin: Secret;
  /** Issuers that the file lacks, DER. */
  readonly certificates: readonly Uint8Array[];
}

const largestFile = 1 << 20;

/**
 * Opens the key of a PKCS#12 file, made in any way that is still met: AES by PBES2, 3DES, RC2.
 * @throws ArchiveError USAGE when the file cannot be read, the password is wrong, or it holds no key with its certificate
 */
export async function openPkcs12Key({ file, pin, certificates }: Pkcs12Settings): Promise<SigningKey> {
  const { keys, found } = bagsOf(await readLimited(file), await pin(), file);
  const [key, another] = keys;
  if (!key || another)
    throw new ArchiveError('USAGE', `${file} must hold exactly one private key; it holds ${keys.length}.`);
  const all = [...found, ...certificates.map((der) => new X509Certificate(der))];
  const own = certificateOf(createPublicKey(key), all);
  const signer = softwareSigner(key, chainFrom(own, all));
  return signingKey(signer.chain, signer.algorithm, signer.sign);
}

async function readLimited(file: string): Promise<Buffer> {
  try {
    if ((await stat(file)).size > largestFile) throw new Error('larger than a key file is');
    return await readFile(file);
  } catch (cause) {
    throw new ArchiveError('USAGE', `The seal’s key file ${file} cannot be read.`, { cause });
  }
}

/** The bags with keys and certificates. The MAC is checked first, so that a wrong password is told from a broken file. */
function bagsOf(bytes: Buffer, password: string, file: string): { keys: KeyObject[]; found: X509Certificate[] } {
  const asn1 = parsed(bytes, file);
  try {
    const bags = decrypted(asn1, password);
    return {
      keys: bags.filter(({ type }) => isKey(type)).map(keyOf),
      found: bags.filter(({ type }) => type === forge.pki.oids.certBag).map(certificateIn),
    };
  } catch (error) {
    // No cause: libraries are known to put what they were given into messages.
    const reason = isMacFailure(error)
      ? 'Its password is another one: set TRAJNO_SEAL_PIN.'
      : 'It is no PKCS#12 file that can be used.';
    throw new ArchiveError('USAGE', `The seal’s key file ${file} cannot be opened. ${reason}`);
  }
}

/**
 * The MAC and older encryption take the password in UTF-16 (RFC 7292 B.1), PBES2 as it is in UTF-8 (RFC 9579): once the MAC
 * has shown it to be right, it is tried in the other form.
 */
function decrypted(asn1: forge.asn1.Asn1, password: string): Bag[] {
  const open = (protectedFile: forge.asn1.Asn1, text: string) =>
    forge.pkcs12
      .pkcs12FromAsn1(protectedFile, false, text)
      .safeContents.flatMap(({ safeBags }) => safeBags as unknown as Bag[]);
  try {
    return open(asn1, password);
  } catch (error) {
    const members = asn1.value as forge.asn1.Asn1[];
    if (isMacFailure(error) || members.length < 3) throw error;
    return open({ ...asn1, value: members.slice(0, 2) }, forge.util.encodeUtf8(password));
  }
}

const isMacFailure = (error: unknown) => error instanceof Error && /MAC could not be verified/.test(error.message);

function parsed(bytes: Buffer, file: string): forge.asn1.Asn1 {
  try {
    return forge.asn1.fromDer(forge.util.createBuffer(bytes.toString('binary')));
  } catch (cause) {
    throw new ArchiveError('USAGE', `The seal’s key file ${file} is no PKCS#12 file.`, { cause });
  }
}

/** What the library gives of a bag: keys and certificates that are not RSA stay as ASN.1. */
interface Bag {
  readonly type: string;
  readonly key: forge.pki.rsa.PrivateKey | null;
  readonly cert: forge.pki.Certificate | null;
  readonly asn1: forge.asn1.Asn1;
}

const isKey = (type: string) => type === forge.pki.oids.keyBag || type === forge.pki.oids.pkcs8ShroudedKeyBag;

function keyOf({ key, asn1 }: Bag): KeyObject {
  const pkcs8 = key ? forge.pki.wrapRsaPrivateKey(forge.pki.privateKeyToAsn1(key)) : asn1;
  return createPrivateKey({ key: derOf(pkcs8), format: 'der', type: 'pkcs8' });
}

const certificateIn = ({ cert, asn1 }: Bag) =>
  new X509Certificate(derOf(cert ? forge.pki.certificateToAsn1(cert) : asn1));

const derOf = (asn1: forge.asn1.Asn1) => Buffer.from(forge.asn1.toDer(asn1).getBytes(), 'binary');
