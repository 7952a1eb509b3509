import type { ValidationPolicy } from './validation-policy.ts';

const rsaKeys = [
  { bits: 786, until: '2010-08-01' },
  { bits: 1024, until: '2019-10-01' },
  { bits: 1900, until: '2029-01-01' },
] as const;

const curves = [{ bits: 160, until: '2012-08-01' }, { bits: 224, until: '2021-10-01' }, { bits: 256 }] as const;

/**
 * The policy where none is configured: the dates of TS 119 312 v1.5.1 (and of TS 102 176-1 for what was given up
 * before it) and the levels of DSS's default policy.
 */
export const defaultPolicy: ValidationPolicy = {
  name: 'trajno-default-1',
  cryptography: {
    digests: {
      MD5: { until: '2004-08-01' },
      SHA1: { until: '2012-08-01' },
      RIPEMD160: { until: '2014-08-01' },
      WHIRLPOOL: { until: '2020-12-01' },
      SHA224: { until: '2029-01-01' },
      SHA256: {},
      SHA384: {},
      SHA512: {},
      SHA3_256: {},
      SHA3_384: {},
      SHA3_512: {},
    },
    keys: {
      RSA: [...rsaKeys, { bits: 3000, until: '2029-01-01' }],
      'RSA-PSS': [...rsaKeys, { bits: 3000 }],
      DSA: [{ bits: 1024, until: '2015-12-01' }, { bits: 1900, until: '2029-01-01' }, { bits: 3000 }],
      ECDSA: curves,
      'PLAIN-ECDSA': curves,
    },
  },
  certificates: {
    revocationSkippedFor: ['0.4.0.194121.2.1', '2.5.29.56'],
    forbiddenForSigners: ['1.3.6.1.5.5.7.48.1.5'],
    forbiddenForAuthorities: ['1.3.6.1.5.5.7.48.1.5', '2.5.29.56'],
    keyUsageOfSigners: 'FAIL',
    authorityKeyIdentifierOfSubject: 'FAIL',
    revocationOfServiceAuthorities: 'WARN',
  },
  revocation: {
    freshness: 'IGNORE',
    responders: 'TRUSTED',
    issuerOfSignersNotExpired: 'FAIL',
    issuerOfTimestampsNotExpired: 'IGNORE',
  },
  attributes: {
    signingTime: 'FAIL',
    signingTimeWithinCertificate: 'FAIL',
    contentBinding: 'FAIL',
  },
};
