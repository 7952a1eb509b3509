import { expect } from 'chai';
import { readCertificate } from '../../../../src/standards/formats/x509/index.ts';
import { type CertificateHolder, certificatePolicies } from '../../../../src/standards/seals/index.ts';
import { readTrustedList, signatureQualification } from '../../../../src/standards/trusted-lists/index.ts';
import { toyPki } from '../../../support/toy-pki.ts';
import {
  criteria,
  type ListOptions,
  type PeriodOptions,
  qualifiedStatementsExtension,
  trustedListXml,
} from '../../../support/trusted-list.ts';

type Statements = Parameters<typeof qualifiedStatementsExtension>[0];
type Indication = 'TOTAL_PASSED' | 'INDETERMINATE' | 'TOTAL_FAILED';

/** A certificate, the services of its issuer, when the signature existed, and what it is by that. */
interface Case {
  readonly what: string;
  /** Clause or requirement of TS 119 615, TS 119 612 or EN 319 412-5. */
  readonly by: string;
  readonly statements?: Statements | 'none';
  readonly policy?: string;
  readonly issued?: string;
  readonly at?: string;
  readonly periods?: readonly PeriodOptions[];
  /** More services of the same issuer. */
  readonly others?: readonly (readonly PeriodOptions[])[];
  readonly indication?: Indication;
  readonly territory?: string;
  readonly is: string;
}

const all = criteria.list('all', criteria.keyUsage({ nonRepudiation: true }));
const never = criteria.list('all', criteria.keyUsage({ keyCertSign: true }));
const qualified = (...qualifiers: string[]) => [{ qualifications: [{ qualifiers, criteria: all }] }];
const forSignature = { types: [1], device: true } as const;
const directive = (...qualifiers: string[]): PeriodOptions[] => [
  {},
  {
    status: 'accredited',
    from: '2010-01-01T00:00:00Z',
    additional: [],
    ...(qualifiers.length > 0 ? { qualifications: [{ qualifiers, criteria: all }] } : {}),
  },
];
const underDirective = { issued: '2014-01-01T00:00:00Z', at: '2015-01-01T00:00:00Z' } as const;
const withCriteria = (list: ReturnType<typeof criteria.list>) => [
  { qualifications: [{ qualifiers: ['NotQualified'], criteria: list }] },
];

const cases: readonly Case[] = [
  { what: 'a certificate for signatures with a device', by: 'PRO-4.4.4', statements: forSignature, is: 'QESig' },
  { what: 'one without a device', by: '4.5', statements: { types: [1] }, is: 'AdESig-QC' },
  {
    what: 'a certificate for seals with a device',
    by: 'PRO-4.4.4',
    statements: { types: [2], device: true },
    is: 'QESeal',
  },
  { what: 'one for seals without a device', by: '4.5', statements: { types: [2] }, is: 'AdESeal-QC' },
  { what: 'one that does not say what for', by: 'EN 319 412-5 4.2.3', statements: { device: true }, is: 'QESig' },
  {
    what: 'one for two things',
    by: 'PRO-4.4.4 table 1',
    statements: { types: [1, 2], device: true },
    is: 'Unknown-QC-QSCD',
  },
  { what: 'one for two things, no device', by: 'PRO-4.4.4 table 1', statements: { types: [1, 2] }, is: 'Unknown-QC' },
  {
    what: 'one for web sites',
    by: 'PRO-4.4.4 table 1',
    statements: { types: [3] },
    periods: [{ additional: ['ForWebSiteAuthentication'] }],
    is: 'Unknown-QC',
  },
  { what: 'one that claims nothing', by: 'PRO-4.4.4', statements: 'none', is: 'Unknown' },
  {
    what: 'one that names a use but no compliance',
    by: 'PRO-4.4.4',
    statements: { compliance: false, types: [1] },
    is: 'AdESig',
  },
  {
    what: 'one that names seals but no compliance',
    by: 'PRO-4.4.4',
    statements: { compliance: false, types: [2] },
    is: 'AdESeal',
  },
  {
    what: 'a device without compliance',
    by: '4.5',
    statements: { compliance: false, types: [1], device: true },
    is: 'AdESig',
  },
  {
    what: 'a policy of the Directive after it',
    by: 'PRO-4.4.4-33',
    statements: 'none',
    policy: '0.4.0.1456.1.1',
    is: 'Unknown',
  },
  {
    what: 'a service for seals alone',
    by: 'PRO-4.4.4 table 1',
    statements: forSignature,
    periods: [{ additional: ['ForeSeals'] }],
    is: 'N/A',
  },
  {
    what: 'a service that says nothing of its use',
    by: 'TS 119 612 5.5.9.4',
    statements: forSignature,
    periods: [{ additional: [] }],
    is: 'N/A',
  },
  {
    what: 'a withdrawn service',
    by: 'PRO-4.4.4',
    statements: forSignature,
    periods: [{ status: 'withdrawn' }],
    is: 'AdESig',
  },
  {
    what: 'a service withdrawn after the signature',
    by: 'PRO-4.4.4',
    statements: forSignature,
    periods: [{ status: 'withdrawn', from: '2026-11-20T00:00:00Z' }, {}],
    is: 'QESig',
  },
  {
    what: 'a service withdrawn between issuance and signature',
    by: 'PRO-4.4.4-34',
    statements: forSignature,
    periods: [{ status: 'withdrawn', from: '2026-10-01T00:00:00Z' }, {}],
    is: 'AdESig',
  },
  {
    what: 'a service granted only after issuance',
    by: 'PRO-4.4.4-34, 35',
    statements: forSignature,
    periods: [{ from: '2026-10-01T00:00:00Z' }, { status: 'withdrawn', from: '2017-01-01T00:00:00Z' }],
    is: 'AdESig',
  },
  {
    what: 'a service first listed after issuance',
    by: 'PRO-4.4.4-34, 35',
    statements: forSignature,
    periods: [{ from: '2026-10-01T00:00:00Z' }],
    is: 'AdESig',
  },
  {
    what: 'a service first listed after the signature',
    by: '4.3',
    statements: forSignature,
    periods: [{ from: '2026-11-20T00:00:00Z' }],
    is: 'N/A',
  },
  {
    what: 'a service recognised nationally',
    by: 'TS 119 612 5.5.4',
    statements: forSignature,
    periods: [{ status: 'recognisedatnationallevel' }],
    is: 'AdESig',
  },
  {
    what: 'a status of the Directive after it',
    by: 'TS 119 612 5.5.4',
    statements: forSignature,
    periods: [{ status: 'accredited' }],
    is: 'AdESig',
  },
  {
    what: 'a service for certificates that are not qualified',
    by: '4.3',
    statements: forSignature,
    periods: [{ type: 'CA/PKC' }],
    is: 'N/A',
  },
  {
    what: 'a critical extension that nobody knows',
    by: 'TS 119 612 5.5.9',
    statements: forSignature,
    periods: [{ critical: true, strangeExtension: true }],
    is: 'AdESig',
  },
  {
    what: 'the same, not critical',
    by: 'TS 119 612 5.5.9',
    statements: forSignature,
    periods: [{ strangeExtension: true }],
    is: 'QESig',
  },
  {
    what: 'NotQualified',
    by: 'TS 119 612 5.5.9.2.3',
    statements: forSignature,
    periods: qualified('NotQualified'),
    is: 'AdESig',
  },
  {
    what: 'QCStatement',
    by: 'TS 119 612 5.5.9.2.3',
    statements: 'none',
    periods: qualified('QCStatement'),
    is: 'AdESig-QC',
  },
  {
    what: 'QCStatement and NotQualified',
    by: 'PRO-4.4.4',
    statements: forSignature,
    periods: qualified('QCStatement', 'NotQualified'),
    is: 'N/A',
  },
  { what: 'QCWithQSCD', by: '4.5', statements: { types: [1] }, periods: qualified('QCWithQSCD'), is: 'QESig' },
  {
    what: 'QCQSCDManagedOnBehalf',
    by: '4.5',
    statements: { types: [2] },
    periods: qualified('QCQSCDManagedOnBehalf'),
    is: 'QESeal',
  },
  { what: 'QCNoQSCD', by: '4.5', statements: forSignature, periods: qualified('QCNoQSCD'), is: 'AdESig-QC' },
  {
    what: 'QCQSCDStatusAsInCert',
    by: '4.5',
    statements: forSignature,
    periods: qualified('QCQSCDStatusAsInCert'),
    is: 'QESig',
  },
  {
    what: 'QCQSCDStatusAsInCert without a device',
    by: '4.5',
    statements: { types: [1] },
    periods: qualified('QCQSCDStatusAsInCert'),
    is: 'AdESig-QC',
  },
  {
    what: 'QCNoQSCD and QCWithQSCD',
    by: '4.5',
    statements: forSignature,
    periods: qualified('QCNoQSCD', 'QCWithQSCD'),
    is: 'N/A',
  },
  {
    what: 'a qualifier of the Directive after it',
    by: '4.5',
    statements: { types: [1] },
    periods: qualified('QCWithSSCD'),
    is: 'AdESig-QC',
  },
  {
    what: 'QCForESeal over a certificate for signatures',
    by: 'PRO-4.4.4 table 1',
    statements: forSignature,
    periods: qualified('QCForESeal'),
    is: 'QESeal',
  },
  {
    what: 'QCForESig over a certificate for seals',
    by: 'PRO-4.4.4 table 1',
    statements: { types: [2] },
    periods: qualified('QCForESig'),
    is: 'AdESig-QC',
  },
  {
    what: 'two uses given by the list',
    by: 'PRO-4.4.4 table 1',
    statements: forSignature,
    periods: qualified('QCForESeal', 'QCForESig'),
    is: 'QESig',
  },
  {
    what: 'QCForLegalPerson',
    by: 'PRO-4.4.4-12',
    statements: forSignature,
    periods: qualified('QCForLegalPerson'),
    is: 'N/A',
  },
  {
    what: 'a qualifier about other certificates',
    by: 'TS 119 612 5.5.9.2.2',
    statements: forSignature,
    periods: [{ qualifications: [{ qualifiers: ['NotQualified'], criteria: never }] }],
    is: 'QESig',
  },
  {
    what: 'the Directive: QcCompliance and QcSSCD',
    by: 'PRO-4.4.4-33',
    statements: { device: true },
    periods: directive(),
    ...underDirective,
    is: 'QESig',
  },
  {
    what: 'the Directive: QCP+ alone',
    by: 'PRO-4.4.4-33, PRO-4.5.4-03',
    statements: 'none',
    policy: '0.4.0.1456.1.1',
    periods: directive(),
    ...underDirective,
    is: 'QESig',
  },
  {
    what: 'the Directive: QCP alone',
    by: 'PRO-4.4.4-33',
    statements: 'none',
    policy: '0.4.0.1456.1.2',
    periods: directive(),
    ...underDirective,
    is: 'AdESig-QC',
  },
  {
    what: 'the Directive: QCWithSSCD',
    by: '4.5',
    statements: {},
    periods: directive('QCWithSSCD'),
    ...underDirective,
    is: 'QESig',
  },
  {
    what: 'the Directive: QCNoSSCD',
    by: '4.5',
    statements: { device: true },
    periods: directive('QCNoSSCD'),
    ...underDirective,
    is: 'AdESig-QC',
  },
  {
    what: 'the Directive: QCForLegalPerson',
    by: 'PRO-4.4.4-12',
    statements: {},
    periods: directive('QCForLegalPerson'),
    ...underDirective,
    is: 'Unknown-QC',
  },
  {
    what: 'issued under the Directive, signed under the Regulation',
    by: 'Regulation 910/2014, 51(2); PRO-4.4.4-34',
    statements: 'none',
    policy: '0.4.0.1456.1.1',
    issued: '2014-01-01T00:00:00Z',
    at: '2017-01-01T00:00:00Z',
    periods: directive(),
    is: 'QESig',
  },
  { what: 'two services that say the same', by: '4.3', statements: forSignature, others: [[{}]], is: 'QESig' },
  {
    what: 'two services that contradict each other',
    by: '4.3',
    statements: forSignature,
    others: [qualified('NotQualified')],
    is: 'N/A',
  },
  {
    what: 'a withdrawn service beside a granted one',
    by: '4.3',
    statements: forSignature,
    others: [[{ status: 'withdrawn' }]],
    is: 'QESig',
  },
  {
    what: 'the law of another country',
    by: 'EN 319 412-5 4.2.4',
    statements: { ...forSignature, legislation: ['CH'] },
    is: 'AdESig',
  },
  {
    what: 'the law of the list’s own country',
    by: 'EN 319 412-5 4.2.4',
    statements: { ...forSignature, legislation: ['RS'] },
    is: 'QESig',
  },
  {
    what: 'a signature that is not decided',
    by: 'TS 119 172-4',
    statements: forSignature,
    indication: 'INDETERMINATE',
    is: 'Indeterminate QESig',
  },
  {
    what: 'a seal that is not decided',
    by: 'TS 119 172-4',
    statements: { types: [2] },
    indication: 'INDETERMINATE',
    is: 'Indeterminate AdESeal-QC',
  },
  {
    what: 'a signature that failed',
    by: 'TS 119 172-4',
    statements: forSignature,
    indication: 'TOTAL_FAILED',
    is: 'Not AdES but QC with QSCD',
  },
  {
    what: 'one that failed, no device',
    by: 'TS 119 172-4',
    statements: { types: [1] },
    indication: 'TOTAL_FAILED',
    is: 'Not AdES but QC',
  },
  {
    what: 'one that failed, not qualified',
    by: 'TS 119 172-4',
    statements: 'none',
    indication: 'TOTAL_FAILED',
    is: 'Not AdES',
  },
  {
    what: 'criteria: at least one of two',
    by: 'TS 119 612 5.5.9.2.2',
    statements: forSignature,
    periods: withCriteria(
      criteria.list(
        'atLeastOne',
        criteria.keyUsage({ keyCertSign: true }),
        criteria.keyUsage({ digitalSignature: true }),
      ),
    ),
    is: 'AdESig',
  },
  {
    what: 'criteria: none of two, one of which holds',
    by: 'TS 119 612 5.5.9.2.2',
    statements: forSignature,
    periods: withCriteria(
      criteria.list('none', criteria.keyUsage({ keyCertSign: true }), criteria.keyUsage({ digitalSignature: true })),
    ),
    is: 'QESig',
  },
  {
    what: 'criteria: a policy',
    by: 'TS 119 612 5.5.9.2.2.2',
    statements: forSignature,
    policy: '1.2.3.4',
    periods: withCriteria(criteria.list('all', criteria.policies('1.2.3.4'))),
    is: 'AdESig',
  },
  {
    what: 'criteria: a policy that it has not',
    by: 'TS 119 612 5.5.9.2.2.2',
    statements: forSignature,
    policy: '1.2.3.4',
    periods: withCriteria(criteria.list('all', criteria.policies('1.2.3.4', '1.2.3.5'))),
    is: 'QESig',
  },
  {
    what: 'criteria: an attribute of the subject',
    by: 'TS 119 612 5.5.9.2.2.3',
    statements: forSignature,
    periods: withCriteria(criteria.list('all', criteria.subjectAttributes('2.5.4.10'))),
    is: 'AdESig',
  },
  {
    what: 'criteria: a key purpose that it has not',
    by: 'TS 119 612 5.5.9.2.2.3',
    statements: forSignature,
    periods: withCriteria(criteria.list('all', criteria.keyPurposes('1.3.6.1.5.5.7.3.4'))),
    is: 'QESig',
  },
  {
    what: 'criteria within criteria',
    by: 'TS 119 612 5.5.9.2.2',
    statements: forSignature,
    periods: withCriteria(criteria.list('all', criteria.list('none', criteria.policies('1.2.3.5')))),
    is: 'AdESig',
  },
  {
    what: 'criteria that nobody knows',
    by: 'TS 119 612 5.5.9.2.2',
    statements: forSignature,
    periods: withCriteria(criteria.list('all', criteria.strange())),
    is: 'N/A',
  },
  {
    what: 'criteria that nobody knows beside one that does not hold',
    by: 'TS 119 612 5.5.9.2.2',
    statements: forSignature,
    periods: withCriteria(criteria.list('all', criteria.strange(), criteria.keyUsage({ keyCertSign: true }))),
    is: 'QESig',
  },
  {
    what: 'criteria that do not say how they are joined',
    by: 'TS 119 612 5.5.9.2.2',
    statements: forSignature,
    periods: withCriteria(criteria.list(undefined, criteria.keyUsage({ keyCertSign: true }))),
    is: 'N/A',
  },
];

describe('what a signature is by the law', () => {
  const validationTime = new Date('2026-11-24T12:00:00Z');
  let issuer: CertificateHolder;
  let pki: Awaited<ReturnType<typeof toyPki>>;
  before(async () => {
    pki = await toyPki();
    issuer = pki.intermediate;
  });

  for (const one of cases)
    it(`${one.what} is ${one.is} (${one.by})`, async () => {
      const { statements = {}, issued = '2026-06-01T00:00:00Z', at = '2026-11-10T00:00:00Z', policy } = one;
      const holder = await pki.signer({
        notBefore: new Date(issued),
        notAfter: new Date('2028-01-01T00:00:00Z'),
        extensions: [
          ...(statements === 'none' ? [] : [qualifiedStatementsExtension(statements)]),
          ...(policy ? [certificatePolicies(policy)] : []),
        ],
      });
      const services = [one.periods ?? [{}], ...(one.others ?? [])].map((periods) => ({ holder: issuer, periods }));
      const list = read({ services });
      const path = holder.signer.chain.map(readCertificate);
      const found = signatureQualification(
        { lists: [list], path, moment: new Date(at), validationTime },
        one.indication ?? 'TOTAL_PASSED',
      );
      expect(found.qualification).to.equal(one.is);
    });

  it('names the list that decided, and that it is overdue', async () => {
    const holder = await pki.signer({ extensions: [qualifiedStatementsExtension(forSignature)] });
    const path = holder.signer.chain.map(readCertificate);
    const list = read({ services: [{ holder: issuer }], nextUpdate: new Date('2026-11-23T00:00:00Z') });
    const question = { lists: [read({ territory: 'EU' }), list], path, moment: validationTime, validationTime };
    expect(signatureQualification(question, 'TOTAL_PASSED')).to.deep.equal({
      qualification: 'QESig',
      trustedList: { territory: 'RS', sequenceNumber: 7, sha256: list.sha256, stale: true },
    });
  });

  it('is not applicable to one whose issuer no list knows, nor to one of the same name with another key', async () => {
    const stranger = await toyPki({ world: 'Igračka PKI 2' });
    const holder = await pki.signer({ extensions: [qualifiedStatementsExtension(forSignature)] });
    const path = holder.signer.chain.map(readCertificate);
    const lists = [read({ services: [{ holder: stranger.intermediate }] })];
    expect(
      signatureQualification({ lists, path, moment: validationTime, validationTime }, 'TOTAL_PASSED'),
    ).to.deep.equal({
      qualification: 'N/A',
    });
  });
});

const read = (options: ListOptions) => readTrustedList(trustedListXml(options));
