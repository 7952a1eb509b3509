import { expect } from 'chai';
import { signatureFault } from '../../../../src/archive/ingest/signature-fault.ts';
import type { ValidationReports } from '../../../../src/archive/ingest/validate-signatures.ts';
import type { Profile } from '../../../../src/archive/profiles/index.ts';

type Rules = Pick<Profile, 'signature' | 'onFailedSignature' | 'onIndeterminateSignature'>;

const found = (...signatures: readonly (readonly [string, (string | undefined)?])[]) =>
  new Map([
    [
      'a.pdf',
      {
        container: 'PDF',
        signatures: signatures.map(([indication, qualification]) => ({
          indication,
          ...(qualification ? { qualification } : {}),
        })),
        evidenceRecords: [],
      },
    ],
  ]) as unknown as ValidationReports;
const judged = (rules: Rules, reports: ValidationReports) => {
  const fault = signatureFault({ id: 'p', ...rules }, reports);
  return fault && [fault.error.code, fault.consequence];
};

describe('what a profile holds against signatures', () => {
  const none: ValidationReports = new Map();
  const refuse = { onFailedSignature: 'refuse' } as const;

  it('is nothing where it asks for nothing and nothing has failed', () => {
    expect(judged(refuse, none)).to.equal(undefined);
    expect(judged(refuse, found(['INDETERMINATE']))).to.equal(undefined);
  });

  it('is a signature that failed, whatever is asked for, and one that is missing', () => {
    expect(judged(refuse, found(['TOTAL_PASSED'], ['TOTAL_FAILED']))).to.deep.equal(['SIGNATURE_FAILED', 'refuse']);
    for (const signature of ['required', 'advanced', 'qualified'] as const)
      expect(judged({ signature, onFailedSignature: 'quarantine' }, none)).to.deep.equal([
        'SIGNATURE_MISSING',
        'quarantine',
      ]);
  });

  const levels: readonly [string | undefined, boolean, boolean][] = [
    ['QESig', true, true],
    ['QESeal', true, true],
    ['AdESig-QC', true, false],
    ['AdESeal', true, false],
    ['Indeterminate QESig', true, true],
    ['Not AdES but QC with QSCD', false, false],
    ['N/A', false, false],
    [undefined, false, false],
  ];
  for (const [qualification, isAdvanced, isQualified] of levels)
    it(`takes ${qualification ?? 'one of which no list tells'} for ${isQualified ? 'qualified' : isAdvanced ? 'advanced' : 'neither'}`, () => {
      const reports = found(['TOTAL_PASSED', qualification]);
      const tooWeak = ['SIGNATURE_LEVEL', 'refuse'];
      expect(judged({ ...refuse, signature: 'advanced' }, reports)).to.deep.equal(isAdvanced ? undefined : tooWeak);
      expect(judged({ ...refuse, signature: 'qualified' }, reports)).to.deep.equal(isQualified ? undefined : tooWeak);
    });

  it('is one that could not be decided, where certainty is asked for', () => {
    const rules = {
      signature: 'qualified',
      onFailedSignature: 'refuse',
      onIndeterminateSignature: 'quarantine',
    } as const;
    expect(judged(rules, found(['INDETERMINATE', 'Indeterminate QESig']))).to.deep.equal([
      'SIGNATURE_INDETERMINATE',
      'quarantine',
    ]);
    expect(judged(rules, found(['TOTAL_PASSED', 'QESig']))).to.equal(undefined);
  });
});
