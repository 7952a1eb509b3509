/**
 * ML-DSA and SLH-DSA beside Bouncy Castle's, which comes with EU DSS (the jars are found as in dss.test.ts): each verifies
 * what the other signed. Run with `npm run test:foreign`.
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { readPublicKey, signatureAlgorithmOf, verifySignature } from '../../src/standards/formats/x509/index.ts';
import { certify } from '../../src/standards/seals/index.ts';
import { newMlDsaKey } from '../../src/standards/seals/test-pki/ml-dsa-key.ts';
import { emptyFolder } from '../support/folders.ts';

const jars = process.env.TRAJNO_DSS ?? join(process.cwd(), '.foreign/dss');
const bouncyCastle = (...args: string[]) =>
  execFileSync('java', ['-cp', `${jars}/*`, join(process.cwd(), 'test/foreign/dss/PostQuantum.java'), ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 24,
  })
    .split('\n')
    .filter(Boolean);

const parameterSets = [
  ...['44', '65', '87'].map((set) => `ML-DSA-${set}`),
  ...['SHA2', 'SHAKE'].flatMap((hash) =>
    ['128', '192', '256'].flatMap((bits) => ['S', 'F'].map((speed) => `SLH-DSA-${hash}-${bits}${speed}`)),
  ),
];

describe('signatures of FIPS 204 and FIPS 205', function () {
  this.timeout(120_000);

  it('that Bouncy Castle made verify here in all parameter sets, and not when a bit is changed', () => {
    const lines = bouncyCastle('sign', ...parameterSets);
    const found = lines.map((line) => {
      const [set = '', ...encoded] = line.split('\t');
      const [spki, message, value] = encoded.map((text) => Buffer.from(text, 'base64'));
      if (!spki || !message || !value) throw new Error(`not a line of four: ${line}`);
      const key = readPublicKey(spki);
      const algorithm = signatureAlgorithmOf(key.algorithm);
      if (!algorithm) throw new Error(`${set} is not known`);
      const changed = Buffer.from(value);
      changed[100] = (changed[100] ?? 0) ^ 4;
      return [set, algorithm.name, ...[value, changed].map((one) => verifySignature(algorithm, key, message, one))];
    });
    expect(found).to.deep.equal(parameterSets.map((set) => [set, set.replaceAll('-', '_'), 'good', 'bad']));
  });

  it('that we made over certificates verify there', async () => {
    const folder = emptyFolder();
    const dates = { notBefore: new Date('2026-01-01T00:00:00Z'), notAfter: new Date('2066-01-01T00:00:00Z') };
    const root = await certify({
      profile: 'authority',
      subject: { CN: 'Koren' },
      privateKey: newMlDsaKey('ML-DSA-87'),
      serialNumber: 1n,
      ...dates,
    });
    const signer = await certify(
      {
        profile: 'signatures',
        subject: { CN: 'Potpisnik' },
        privateKey: newMlDsaKey('ML-DSA-44'),
        serialNumber: 2n,
        ...dates,
      },
      root,
    );
    const files = signer.signer.chain.map((der, index) => {
      const path = join(folder, `${index}.cer`);
      writeFileSync(path, der);
      return path;
    });
    expect(bouncyCastle('verify', ...files)).to.deep.equal(['ML-DSA-87 good', 'ML-DSA-87 good']);
  });
});
