import { generateKeyPair, type KeyObject, randomBytes, X509Certificate } from 'node:crypto';
import { promisify } from 'node:util';
import type { Clock } from '../base/index.ts';
import {
  type CertificateHolder,
  type CertificateProfile,
  certificatePolicies,
  certify,
  type DigestSigner,
  issueTimestampToken,
  type NameAttributes,
  noRevocationAvailable,
  type TimestampSource,
} from '../standards/seals/index.ts';

const newKeyPair = promisify(generateKeyPair);
const day = 24 * 3600 * 1000;

/** Certificates and time-stamps of the samples are issued under this policy: an identifier from a random UUID. */
const samplePolicy = '2.25.69270353447139410281264372150186914737';
const notice = 'SAMPLE: a test key made at run time, proves nothing / УЗОРАК: пробни кључ, не доказује ништа';

/** Those who sign the samples. Their keys live in memory for as long as it takes. */
export interface SampleSigners {
  readonly director: DigestSigner;
  readonly contractor: DigestSigner;
  readonly clerk: DigestSigner;
  readonly company: DigestSigner;
  /** A time-stamp of the clock's time now, or of another moment. */
  timestampAt(moment?: Date): TimestampSource;
  /** The root that all of their certificates lead to. */
  readonly anchor: { readonly name: string; readonly pem: string };
}

/** A root, four signers and a time-stamping authority, all labelled as samples. */
export async function makeSampleSigners(clock: Clock): Promise<SampleSigners> {
  const now = clock();
  const root = await certify(
    await request('authority', { O: sampleOrganization, CN: 'UZORAK – probno sertifikaciono telo' }, 'ec', now),
  );
  const holder = async (subject: NameAttributes, kind: 'rsa' | 'ec', profile: CertificateProfile = 'signatures') =>
    certify(await request(profile, { C: 'RS', ...subject }, kind, now), root);
  const [director, contractor, clerk, company, authority] = await Promise.all([
    holder({ O: 'Primer d.o.o. (UZORAK)', SN: 'Петровић', GN: 'Јелена', CN: 'Јелена Петровић (УЗОРАК)' }, 'rsa'),
    holder({ SN: 'Nikolić', GN: 'Đorđe', CN: 'Đorđe Nikolić (UZORAK)' }, 'ec'),
    holder({ O: 'Општина Примерак (УЗОРАК)', SN: 'Јовановић', GN: 'Милица', CN: 'Милица Јовановић (УЗОРАК)' }, 'rsa'),
    holder({ O: 'Primer d.o.o. (UZORAK)', CN: 'Primer d.o.o. – pečat (UZORAK)' }, 'rsa'),
    holder({ O: sampleOrganization, CN: 'UZORAK – probni vremenski žig' }, 'rsa', 'timestamps'),
  ]);
  return {
    director: director.signer,
    contractor: contractor.signer,
    clerk: clerk.signer,
    company: company.signer,
    timestampAt: (moment) => timestamps(authority, moment ?? now),
    anchor: { name: 'trajno-samples', pem: new X509Certificate(root.signer.chain[0]).toString() },
  };
}

const sampleOrganization = 'Trajno UZORAK / УЗОРАК';

async function request(profile: CertificateProfile, subject: NameAttributes, kind: 'rsa' | 'ec', now: Date) {
  const isAuthority = profile === 'authority';
  return {
    profile,
    subject,
    privateKey: await newPrivateKey(kind),
    serialNumber: newNumber(),
    notBefore: new Date(now.getTime() - 90 * day),
    notAfter: new Date(now.getTime() + (isAuthority ? 3650 : 730) * day),
    extensions: [certificatePolicies(samplePolicy, notice), ...(isAuthority ? [] : [noRevocationAvailable()])],
  };
}

async function newPrivateKey(kind: 'rsa' | 'ec'): Promise<KeyObject> {
  const pair =
    kind === 'rsa' ? await newKeyPair('rsa', { modulusLength: 2048 }) : await newKeyPair('ec', { namedCurve: 'P-256' });
  return pair.privateKey;
}

function timestamps(authority: CertificateHolder, moment: Date): TimestampSource {
  const productionTime = new Date(Math.floor(moment.getTime() / 1000) * 1000);
  return ({ algorithm, value }) =>
    issueTimestampToken(
      {
        policy: `${samplePolicy}.1`,
        messageImprint: { algorithm, value: Buffer.from(value, 'hex') },
        serialNumber: newNumber(),
        productionTime,
        accuracy: 1,
        includeCertificates: true,
      },
      authority.signer,
    );
}

/** 126 random bits, positive. */
const newNumber = () => BigInt(`0x4${randomBytes(16).toString('hex').slice(1)}`);
