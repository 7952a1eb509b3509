import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkPersonSignature } from '../../../../src/archive/access/certified-copy/person-signature.ts';
import {
  beginCloudSignature,
  type CopyContext,
  completeCopy,
  copyHistory,
  finishCloudSignature,
  issueCopy,
  type PreparedCopy,
  prepareCopy,
  verifyCopy,
  withdrawPrepared,
} from '../../../../src/archive/access/index.ts';
import type { CatalogRecord } from '../../../../src/archive/data-management/index.ts';
import { listEntries } from '../../../../src/archive/data-management/index.ts';
import { userSignatures } from '../../../../src/archive/trust-services/index.ts';
import { bytesReader } from '../../../../src/base/index.ts';
import { type CertificateHolder, noRevocationAvailable, sealPades } from '../../../../src/standards/seals/index.ts';
import { readTrustedList } from '../../../../src/standards/trusted-lists/index.ts';
import { refusalOf } from '../../../support/archive.ts';
import { type IssuingArchive, issuingArchive, lastingSigner, publicBody } from '../../../support/certified-copy.ts';
import { cloudClient, serveCloudSigning } from '../../../support/cloud-signing-service.ts';
import { emptyFolder } from '../../../support/folders.ts';
import { qualifiedStatementsExtension, trustedListXml } from '../../../support/trusted-list.ts';

describe('the authorised person’s own signature on a certified copy', () => {
  let issuing: IssuingArchive;
  let person: CertificateHolder;
  let context: CopyContext;
  const serialOf = ({ signer }: CertificateHolder) => new X509Certificate(signer.chain[0]).serialNumber;
  before(async () => {
    issuing = await issuingArchive();
    person = await lastingSigner(issuing.pki, 'Ана Анић');
    context = contextFor(serialOf(person));
  });
  const contextFor = (certificateSerial: string): CopyContext => ({
    ...issuing.context,
    issuer: { ...publicBody, authorisedPerson: { ...publicBody.authorisedPerson, certificateSerial } as never },
    asksPersonSignature: async () => true,
  });
  const prepare = (wish: object = {}) => prepareCopy(context, { record: issuing.record.id, actor: 'officer', ...wish });
  const drawn = (prepared: PreparedCopy) => context.prepared.certificate(prepared);
  async function signedBy(holder: CertificateHolder, certificate: Uint8Array, how: object = {}): Promise<Buffer> {
    const update = await sealPades(bytesReader(certificate), holder.signer, { signingTime: new Date(), ...how });
    return Buffer.concat([certificate, update]);
  }
  const entries = (subject: string) => listEntries(context.catalog, { institution: 'default', subject, limit: 100 });

  it('stands before the seal; anybody can check both, and the register has it', async () => {
    expect(await refusalOf(issueCopy(context, { record: issuing.record.id, actor: 'officer' }))).to.equal(
      'PERSON_SIGNATURE_REQUIRED',
    );
    const prepared = await prepare({ fee: '310' });
    expect((await context.prepared.list('default')).map(({ id }) => id)).to.deep.equal([prepared.id]);
    const { statement, files } = await completeCopy(
      context,
      prepared.id,
      await signedBy(person, await drawn(prepared)),
    );
    expect(statement).to.include({ number: prepared.statement.number, personSignature: true });
    expect(await context.prepared.list('default')).to.deep.equal([]);
    const { line } = await copyHistory(context, statement.number);
    expect(line).to.deep.include({ fee: '310,00 RSD', form: 'electronic', pages: { certificate: 2, originals: 1 } });
    expect(line.personSignature).to.include({ signedBy: 'Ана Анић', indication: 'TOTAL_PASSED' });
    for (const file of files.slice(0, 2)) {
      const path = join(emptyFolder(), file.name);
      writeFileSync(path, file.bytes);
      const found = await verifyCopy(path, { anchors: issuing.anchors, validationTime: new Date() });
      expect(found?.checks.filter(({ outcome }) => outcome === 'FAILED')).to.deep.equal([]);
      expect(found?.result).to.equal('PASSED');
      expect(found?.checks.find(({ id }) => id === 'person-signature')?.outcome).to.equal('PASSED');
    }
  });

  it('that lasts by itself, at level T, is taken as well', async () => {
    const prepared = await prepare();
    const timestamp = async ({ algorithm, value }: { algorithm: 'sha256' | 'sha384' | 'sha512'; value: string }) => {
      const names = { sha256: 'SHA256', sha384: 'SHA384', sha512: 'SHA512' } as const;
      return (await context.authorities.stamp({ algorithm: names[algorithm], value: Buffer.from(value, 'hex') })).token;
    };
    const signed = await signedBy(person, await drawn(prepared), { timestamp });
    expect((await completeCopy(context, prepared.statement.number, signed)).id).to.match(/^urn:trajno:certified-copy:/);
  });

  const refusals: [string, (certificate: Uint8Array) => Promise<Uint8Array>, RegExp][] = [
    ['without a signature', async (certificate) => Buffer.concat([certificate, Buffer.from('\n')]), /exactly one/],
    ['printed anew', async (certificate) => Buffer.from(certificate).reverse(), /not the certificate/],
    ['as it was', async (certificate) => certificate, /not the certificate/],
    [
      'signed by somebody else',
      async (certificate) => signedBy(await lastingSigner(issuing.pki, 'Неко Други'), certificate),
      /authorised person has/,
    ],
    ['signed twice', async (certificate) => signedBy(person, await signedBy(person, certificate)), /exactly one/],
    [
      'with a broken signature',
      async (certificate) => {
        const signed = await signedBy(person, certificate);
        const end = signed.lastIndexOf('/ByteRange');
        return Buffer.from(
          signed.map((octet, at) => (at === signed.indexOf('/M (', end - 4000) + 6 ? octet ^ 1 : octet)),
        );
      },
      /does not hold|exactly one/,
    ],
  ];
  for (const [what, made, said] of refusals)
    it(`is refused on a certificate that comes back ${what}, which can still be signed`, async () => {
      const prepared = await prepare();
      const error = await completeCopy(context, prepared.id, await made(await drawn(prepared))).catch((one) => one);
      expect(error).to.include({ code: 'PERSON_SIGNATURE_REFUSED' });
      expect(error.message).to.match(said);
      expect(await completeCopy(context, prepared.id, await signedBy(person, await drawn(prepared)))).to.have.property(
        'id',
      );
    });

  it('of a permanent record must be qualified by a trusted list', async () => {
    const permanent = { ...issuing.record, classification: { period: 'trajno' } } as CatalogRecord;
    const holder = await issuing.pki.signer({
      name: 'Ана Анић',
      issuer: issuing.pki.intermediate,
      extensions: [noRevocationAvailable(), qualifiedStatementsExtension({ types: [1], device: true })],
    });
    const prepared = await prepare();
    const certificate = await drawn(prepared);
    const check = async (by: CertificateHolder, how: Partial<CopyContext>) =>
      checkPersonSignature(
        { ...context, ...how },
        permanent,
        certificate,
        await signedBy(by, certificate),
        serialOf(by),
      );
    const list = readTrustedList(trustedListXml({ services: [{ holder: issuing.pki.intermediate }] }));
    const trustedLists = { current: async () => [list] } as never;
    expect(await refusalOf(check(person, {}))).to.equal('PERSON_SIGNATURE_REFUSED');
    expect(await refusalOf(check(person, { trustedLists }))).to.equal('PERSON_SIGNATURE_REFUSED');
    expect(await check(holder, { trustedLists })).to.include({ qualification: 'QESig', signedBy: 'Ана Анић' });
  });

  it('is waited for a week; then, or when it is given up, the number is void and the journal says so', async () => {
    const given = await prepare();
    await withdrawPrepared(context, given.id, 'officer');
    expect(await refusalOf(completeCopy(context, given.id, Buffer.from('')))).to.equal('COPY_UNKNOWN');
    const forgotten = await prepare();
    const later = new Date(Date.now() + 8 * 86_400_000);
    await prepareCopy({ ...context, clock: () => later }, { record: issuing.record.id, actor: 'officer' });
    const voided = (await entries(issuing.record.id)).filter(({ type }) => type === 'certified-copy.voided');
    expect(voided.map(({ detail }) => detail)).to.deep.include.members([
      { number: given.statement.number, code: 'WITHDRAWN' },
      { number: forgotten.statement.number, code: 'NOT_SIGNED' },
    ]);
  });

  it('is not asked for while nobody is named who could give it', async () => {
    const nobody = {
      ...context,
      issuer: { ...publicBody, authorisedPerson: { name: 'Ана', capacity: 'в', act: 'р' } },
    };
    expect(await refusalOf(prepareCopy(nobody, { record: issuing.record.id, actor: 'officer' }))).to.equal(
      'PERSON_SIGNATURE_REQUIRED',
    );
  });

  it('leaves one copy when two people return the certificate at once', async () => {
    const prepared = await prepare();
    const signed = await signedBy(person, await drawn(prepared));
    const both = await Promise.allSettled([1, 2].map(() => completeCopy(context, prepared.id, signed)));
    expect(both.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
  });

  it('is made in the cloud: the person authorizes it at the signing service and comes back', async () => {
    const clock = () => new Date();
    const service = await serveCloudSigning(
      issuing.pki,
      [{ id: 'ana', key: 'ecdsa', name: 'Ана Анић', mode: 'oauth2code' }],
      clock,
    );
    try {
      const signatures = userSignatures(
        { url: service.url, clientId: cloudClient.clientId, clientSecret: async () => cloudClient.clientSecret },
        clock,
      );
      const { chain } = await signatures.credential('ana');
      const certificateSerial = new X509Certificate(chain[0]).serialNumber;
      const cloud: CopyContext = {
        ...contextFor(certificateSerial),
        userSignatures: signatures,
        issuer: {
          ...publicBody,
          authorisedPerson: { ...publicBody.authorisedPerson, certificateSerial, credentialId: 'ana' } as never,
        },
      };
      const prepared = await prepareCopy(cloud, { record: issuing.record.id, actor: 'officer' });
      const url = await beginCloudSignature(cloud, prepared.id, 'http://127.0.0.1/prepared-copies/return');
      const { headers } = await fetch(url, { redirect: 'manual' });
      const back = new URL(headers.get('location') ?? '').searchParams;
      const answer = { code: back.get('code') ?? '', state: back.get('state') ?? '' };
      expect(await refusalOf(finishCloudSignature(cloud, { ...answer, state: 'друго' }))).to.equal('COPY_UNKNOWN');
      const { statement } = await finishCloudSignature(cloud, answer);
      expect((await copyHistory(cloud, statement.number)).line.personSignature).to.include({ signedBy: 'Ана Анић' });
      expect(statement.authorisedPerson).to.not.have.property('credentialId');
    } finally {
      await service.close();
    }
  });

  it('cannot be taken out of a copy, or be another’s, unseen', async () => {
    const prepared = await prepare();
    const unsigned = await drawn(prepared);
    const { files } = await completeCopy(context, prepared.id, await signedBy(person, unsigned));
    const certificate = Buffer.from(files[1]?.bytes ?? '');
    const at = unsigned.length + 2000;
    certificate[at] = (certificate[at] ?? 0) ^ 1;
    const path = join(emptyFolder(), 'c.pdf');
    writeFileSync(path, certificate);
    const found = await verifyCopy(path, { anchors: issuing.anchors, validationTime: new Date() });
    expect(found?.result).to.equal('FAILED');
  });
});
