import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CopyContext, Issuer } from '../../src/archive/access/index.ts';
import type { CatalogRecord } from '../../src/archive/data-management/index.ts';
import type { Clock } from '../../src/base/index.ts';
import type { OpenArchive } from '../../src/service/cli/index.ts';
import { type CertificateHolder, noRevocationAvailable } from '../../src/standards/seals/index.ts';
import { keep, type TestArchive, testArchive } from './archive.ts';
import { emptyFolder } from './folders.ts';
import { samplePdf } from './sample-pdf.ts';
import { signedPdf } from './signed-pdf.ts';
import { type ToyPki, toyPki } from './toy-pki.ts';

/** An archive that can issue certified copies, with a signed record in it. */
export interface IssuingArchive {
  readonly place: TestArchive;
  readonly archive: OpenArchive;
  readonly context: CopyContext;
  readonly pki: ToyPki;
  /** A signed contract whose signature is TOTAL_PASSED. */
  readonly record: CatalogRecord;
  readonly seal: CertificateHolder;
  /** Roots of the seal and of the archive's time-stamps, DER, and a folder with them. */
  readonly anchors: readonly Uint8Array[];
  readonly trustFolder: string;
}

export const publicBody: Issuer = {
  kind: 'public-body',
  name: 'Градска управа Пример',
  registrationNumber: '01234567',
  place: 'Пример',
  authorisedPerson: { name: 'Ана Анић', capacity: 'начелник', act: 'решење бр. 5/2026', certificateSerial: '0A1B2C' },
};

/** Opens it, with a seal below a toy root that is trusted; certificates are of a kind that needs no revocation data. */
export async function issuingArchive(clock: Clock = () => new Date(), publicUrl?: string): Promise<IssuingArchive> {
  const at = new Date(clock().getTime() - 60_000);
  const pki = await toyPki({ at });
  const trustFolder = emptyFolder();
  writeFileSync(join(trustFolder, 'root.pem'), pki.anchorPem);
  const place = testArchive({ TRAJNO_TRUST: trustFolder }, clock);
  const archive = await place.open();
  const [own] = await archive.ownAnchors();
  writeFileSync(join(trustFolder, 'test-authority.pem'), own?.pem ?? '');
  const seal = await lastingSigner(pki, 'Печат Градске управе Пример');
  const record = await keep(archive, { 'Уговор о делу.pdf': await contract(pki) });
  return {
    place,
    archive,
    context: { ...issuingBy(archive.copies, pki, seal), ...(publicUrl ? { publicUrl } : {}) },
    pki,
    record,
    seal,
    anchors: [...pki.anchors, new X509Certificate(own?.pem ?? '').raw],
    trustFolder,
  };
}

/** The context with a seal that is no test. */
export function issuingBy(context: CopyContext, pki: ToyPki, { signer }: CertificateHolder): CopyContext {
  const anchor = pki.anchors[0] ?? new Uint8Array();
  return {
    ...context,
    issuer: publicBody,
    sealingKey: async () => ({
      signer: { ...signer, isTest: false, anchor: { name: 'koren', pem: pki.anchorPem } },
      anchor,
      isTest: false,
    }),
  };
}

/** A PDF whose signature holds wherever the toy root is trusted. */
export async function contract(pki: ToyPki, text = 'Уговор о делу'): Promise<Uint8Array> {
  const signer = await lastingSigner(pki, 'Petar Petrović');
  return signedPdf({ pki, pdf: await samplePdf({ text }), signatures: [{ signer }] });
}

/** Someone certified by the toy root itself, for whom nobody publishes revocation data. */
export function lastingSigner(pki: ToyPki, name: string): Promise<CertificateHolder> {
  return pki.signer({ name, issuer: pki.root, extensions: [noRevocationAvailable()] });
}
