import { existsSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import {
  type CertificateConclusion,
  certificatePool,
  type ValidationMaterial,
  validateCertificate,
} from '../../src/standards/certification-path/index.ts';
import { readCrl } from '../../src/standards/formats/revocation/index.ts';
import { type Certificate, readCertificate } from '../../src/standards/formats/x509/index.ts';

const folder = new URL('../../../shared/corpus/pkits/', import.meta.url);
const available = existsSync(folder);

interface Case {
  readonly id: string;
  readonly name: string;
  readonly cert: string;
  readonly other_certs?: readonly string[];
  readonly crls?: readonly string[];
  readonly revocation?: boolean;
  readonly params?: {
    readonly user_initial_policy_set?: readonly string[];
    readonly initial_explicit_policy?: boolean;
    readonly initial_policy_mapping_inhibit?: boolean;
    readonly initial_any_policy_inhibit?: boolean;
  };
  readonly error?: { readonly msg_regex: string };
  readonly notice?: string;
}

const bytes = (path: string) => readFileSync(new URL(path, folder));
const certificate = (file: string): Certificate => readCertificate(bytes(`certs/${file}`));
const casesOf = (file: string): Case[] => (available ? JSON.parse(bytes(file).toString('utf8')) : []);

function conclusionOf(test: Case): CertificateConclusion {
  const material: ValidationMaterial = {
    pool: certificatePool((test.other_certs ?? []).map(certificate)),
    anchors: certificatePool([certificate('TrustAnchorRootCertificate.crt')]),
    revocation: {
      crls: ['TrustAnchorRootCRL.crl', ...(test.crls ?? [])].map((file) => readCrl(bytes(`crls/${file}`))),
      ocspResponses: [],
    },
  };
  const {
    user_initial_policy_set,
    initial_explicit_policy,
    initial_policy_mapping_inhibit,
    initial_any_policy_inhibit,
  } = test.params ?? {};
  const parameters = {
    validationTime: new Date('2024-01-01T00:00:00Z'),
    ...(user_initial_policy_set ? { acceptedPolicies: user_initial_policy_set } : {}),
    explicitPolicyRequired: initial_explicit_policy ?? false,
    policyMappingInhibited: initial_policy_mapping_inhibit ?? false,
    anyPolicyInhibited: initial_any_policy_inhibit ?? false,
  };
  return validateCertificate(
    certificate(test.cert),
    material,
    parameters,
    test.revocation === false ? 'soft' : 'required',
  );
}

describe('NIST PKITS', () => {
  before(function () {
    if (!available) this.skip();
  });

  for (const test of casesOf('pkits.json'))
    it(`${test.id} ${test.name} is ${test.error ? 'refused' : 'valid'}`, () => {
      const conclusion = conclusionOf(test);
      expect(conclusion.valid, JSON.stringify('detail' in conclusion && conclusion.detail)).to.equal(!test.error);
    });

  for (const test of casesOf('pkits-user-notice.json'))
    it(`${test.id} ${test.name} gives its user notice`, () => {
      const conclusion = conclusionOf(test);
      const policies = conclusion.valid ? conclusion.policies : [];
      const texts = policies.flatMap(({ qualifiers }) => qualifiers.map((der) => Buffer.from(der).toString('latin1')));
      expect(texts.join('\n')).to.include(test.notice ?? 'a notice');
    });
});
