import { expect } from 'chai';
import type { Classification } from '../../../../src/archive/data-management/index.ts';
import { requirePeriodOfCategory, withStatutoryFields } from '../../../../src/archive/ingest/statutory-fields.ts';
import type { ValidationReports } from '../../../../src/archive/ingest/validate-signatures.ts';
import { type Profile, readProfiles } from '../../../../src/archive/profiles/index.ts';
import { ArchiveError } from '../../../../src/base/index.ts';
import type { RecordDescription } from '../../../../src/standards/packages/index.ts';

const record = {
  number: '2026-000007',
  archivedAt: new Date('2026-11-25T23:30:00Z'),
  metadata: { napomena: 'н' },
  classification: { period: 'trajno operativno' },
  files: [
    {
      role: 'content',
      format: { puid: 'fmt/477', name: 'Acrobat PDF/A', version: '2b' },
      signatures: [{ bestSignatureTime: '2026-11-20T23:30:00Z' }],
    },
  ],
} as unknown as RecordDescription;
const signedBy = (qualification: string) =>
  new Map([
    ['a', { signatures: [{ qualification, signingCertSerial: '4f2a', signingCertIssuer: 'Пошта CA' }] }],
  ]) as unknown as ValidationReports;

describe('fields of UTT 5 point 6 that the archive knows by itself', () => {
  let profile: Profile;
  before(async () => {
    profile = (await readProfiles('profiles')).find('contract');
  });

  it('are filled in, days as they were in Serbia, and stay fields that the profile takes', () => {
    const fields = withStatutoryFields(profile, record, signedBy('QESig'));
    expect(fields).to.deep.equal({
      jedinstvenaOznaka: '2026-000007',
      formatCuvanja: 'fmt/477 Acrobat PDF/A 2b',
      datumNastanka: '2026-11-21',
      brojSertifikata: '4f2a, Пошта CA',
      rokCuvanja: 'trajno',
      datumArhiviranja: '2026-11-26',
      napomena: 'н',
    });
    expect(profile.metadataFaults({ ...fields, title: 'т' })).to.deep.equal([]);
  });

  it('never take the place of what was entered, and name no certificate that is not qualified', () => {
    const entered = { ...record, metadata: { formatCuvanja: 'PDF', datumNastanka: '2020-01-01' } };
    const fields = withStatutoryFields(profile, entered as unknown as RecordDescription, signedBy('AdESig'));
    expect(fields).to.include({ formatCuvanja: 'PDF', datumNastanka: '2020-01-01' });
    expect(fields).to.not.have.property('brojSertifikata');
  });

  it('are left alone where the profile does not ask for it', () => {
    const plain = { ...profile, fillsStatutoryFields: false };
    expect(withStatutoryFields(plain, record, new Map())).to.deep.equal({ napomena: 'н' });
  });

  it('do not contradict the category: its period is the one that counts', () => {
    const category = (period: string) => ({ period }) as unknown as Classification;
    expect(() => requirePeriodOfCategory({ rokCuvanja: '10' }, category('10'))).to.not.throw();
    expect(() => requirePeriodOfCategory({}, category('10'))).to.not.throw();
    expect(() => requirePeriodOfCategory({ rokCuvanja: '5' }, category('trajno'))).to.throw(ArchiveError, 'trajno');
  });
});
