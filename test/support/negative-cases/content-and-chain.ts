import { sequence, tagged } from '../../../src/standards/formats/der/index.ts';
import { basicConstraints, keyUsage, ocspNoCheck } from '../../../src/standards/seals/index.ts';
import { distinguishedName } from '../../../src/standards/seals/test-pki/distinguished-name.ts';
import {
  days,
  generalFailure,
  type NegativeCase,
  ofIssuer,
  passed,
  underFaulty,
  withExtension,
  withoutExtension,
} from './scene.ts';

export const good: readonly NegativeCase[] = [{ name: 'nothing is wrong', clause: '5.6', expected: passed }];

export const cryptography: readonly NegativeCase[] = [
  { name: 'the content was changed', clause: '5.2.7.4', contentChanged: true, expected: 'TOTAL_FAILED/HASH_FAILURE' },
  {
    name: 'the signature value was changed',
    clause: '5.2.7.4',
    valueChanged: true,
    formats: ['CAdES', 'PAdES', 'XAdES'],
    expected: 'TOTAL_FAILED/SIG_CRYPTO_FAILURE',
  },
  {
    name: 'the signature value, which is over the content itself, was changed',
    clause: '5.2.7.4',
    valueChanged: true,
    formats: ['JAdES'],
    expected: 'TOTAL_FAILED/HASH_FAILURE',
  },
  {
    name: 'no signing time is claimed',
    clause: '5.2.8',
    signingTime: 'absent',
    formats: ['CAdES', 'JAdES'],
    expected: 'INDETERMINATE/SIG_CONSTRAINTS_FAILURE',
  },
  {
    name: 'the signing time claimed lies before the certificate',
    clause: '5.2.8',
    signingTime: -600,
    expected: 'INDETERMINATE/SIG_CONSTRAINTS_FAILURE',
  },
];

/** Names below another organisation alone are permitted (RFC 5280 4.2.1.10). */
const onlyOthers = {
  type: '2.5.29.30',
  critical: true,
  value: sequence(tagged(0, sequence(tagged(4, distinguishedName({ C: 'RS', O: 'Neko drugi' }))))),
};

const inChain = (name: string, signer: NegativeCase['signer'], clause: string): NegativeCase => ({
  name,
  clause: `5.2.6.4; RFC 5280 ${clause}`,
  ...(signer ? { signer } : {}),
  collected: ofIssuer(days.collected),
  handedIn: ofIssuer(0),
  expected: generalFailure,
});

export const chain: readonly NegativeCase[] = [
  {
    name: 'the root is not trusted',
    clause: '5.2.6.4',
    anchors: () => [],
    expected: 'INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND',
  },
  {
    name: "the issuer's signature on the certificate is wrong",
    clause: '5.2.6.4; RFC 5280 6.1.3 a 1',
    signer: { fault: 'broken-signature' },
    expected: 'INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND',
  },
  inChain('the certificate has a critical extension that nobody knows', { fault: 'unknown-critical-extension' }, '4.2'),
  inChain('the issuer is no authority', underFaulty({ edit: withoutExtension('2.5.29.19') }), '6.1.4 k'),
  inChain('the issuer says that it is no authority', underFaulty({ fault: 'issuer-not-authority' }), '6.1.4 k'),
  inChain('the path is too long', underFaulty({ edit: withExtension(basicConstraints(true, 0)) }, true), '6.1.4 l'),
  inChain('the name is not permitted', underFaulty({ extensions: [onlyOthers] }), '6.1.3 b'),
  inChain(
    'the issuer may not sign certificates',
    underFaulty({ edit: withExtension(keyUsage('cRLSign', 'digitalSignature')) }),
    '6.1.4 n',
  ),
  inChain(
    'an authority has an unknown critical extension',
    underFaulty({ fault: 'unknown-critical-extension' }),
    '4.2',
  ),
  {
    name: 'the key is for encipherment alone',
    clause: '5.2.6.4; RFC 5280 4.2.1.3',
    signer: { fault: 'wrong-usage' },
    expected: 'INDETERMINATE/CHAIN_CONSTRAINTS_FAILURE',
  },
  {
    name: 'the certificate does without revocation data, which a signer may not',
    clause: '5.2.6.4; RFC 6960 4.2.2.2.1',
    signer: { extensions: [ocspNoCheck()] },
    expected: generalFailure,
  },
];
