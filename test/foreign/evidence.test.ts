/**
 * Evidence records of ours, judged by EU DSS 6.4, offline, with its own policy and our anchor: all that is needed for the
 * time-stamps lies in them. The jars are found as in dss.test.ts. Their enriched tokens, judged by openssl. Run with
 * `npm run test:foreign`.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import { bytesReader } from '../../src/base/index.ts';
import {
  enrichTimestampToken,
  evidenceRecord,
  examineEvidenceRecord,
  hashTree,
  leafNode,
  reducedHashTree,
  storedHashTree,
} from '../../src/standards/evidence/index.ts';
import { asicEvidence, embedInCades, embedInXades, packAsic, sealAsic } from '../../src/standards/seals/index.ts';
import { digestForXadesEvidence, validateDocument } from '../../src/standards/signatures/index.ts';
import { enrichNewest, evidenceBatch, recordOf } from '../support/evidence-batch.ts';
import { emptyFolder } from '../support/folders.ts';
import { enrichment, type StepKind, yearlySteps } from '../support/renewed-evidence.ts';
import { sampleContent, signedCms } from '../support/signed-cms.ts';
import { signedXml } from '../support/signed-xml.ts';
import { daysFrom } from '../support/toy-certificates.ts';
import { type ToyPki, toyPki } from '../support/toy-pki.ts';

const jars = process.env.TRAJNO_DSS ?? join(process.cwd(), '.foreign/dss');
const folder = emptyFolder();
const digestOf = (octets: Uint8Array | string) => createHash('sha512').update(octets).digest();

function put(name: string, bytes: Uint8Array | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** By document: `INDICATION[/SUBINDICATION]`, and the errors where there are any. */
function verdicts(
  anchor: string,
  at: Date,
  documents: readonly string[],
  options: readonly string[] = [],
): Record<string, string> {
  const program = join(process.cwd(), 'test/foreign/dss/EvidenceVerdicts.java');
  const given = [...options, '-cp', `${jars}/*`, program, anchor, String(at.getTime()), ...documents];
  const said = execFileSync('java', given, { maxBuffer: 1 << 24, encoding: 'utf8' });
  const lines = said.split('\n').filter(Boolean);
  return Object.fromEntries(
    lines.map((line) => {
      const [name = '', indication, subIndication, errors] = line.split('\t');
      return [
        name,
        subIndication === 'null' ? `${indication}${errors ? `: ${errors}` : ''}` : `${indication}/${subIndication}`,
      ];
    }),
  );
}

describe('EU DSS on our evidence records', function () {
  this.timeout(300_000);
  const at = daysFrom(new Date(), -5 * 365);
  let pki: ToyPki;
  let anchor: string;
  before(async function () {
    if (!existsSync(jars)) return this.skip();
    pki = await toyPki({ at });
    anchor = put('root.pem', pki.anchorPem);
  });

  /** The record of one group of a batch; its newest token holds what was known the day after. */
  async function made(groups: readonly (readonly Uint8Array[])[], renews: readonly StepKind[], index = 0) {
    const steps = await yearlySteps(pki, renews);
    const batch = await evidenceBatch(groups, steps);
    const newest = daysFrom(at, 0.9 * 365 * (steps.length - 1) + 1);
    return recordOf(await enrichNewest(batch, enrichment(pki, newest)), index);
  }

  const objects = Array.from({ length: 1000 }, (_, index) => Buffer.from(`predmet ${index}\n`));
  const alone = objects.map((object) => [object]);
  const cases: Record<string, [renews: readonly StepKind[], groups: Buffer[][], index?: number]> = {
    'one-leaf': [['sha512'], alone.slice(0, 1)],
    'one-leaf-sha256': [['sha256'], alone.slice(0, 1)],
    '1000-leaves': [['sha512'], alone, 777],
    group: [['sha512'], [objects.slice(0, 3), objects.slice(3, 5), objects.slice(5, 6)]],
    'three-timestamp-renewals': [['sha512', 'time-stamp', 'time-stamp', 'time-stamp'], alone.slice(0, 7), 5],
    'two-hash-tree-renewals': [['sha256', 'sha384', 'sha512'], alone.slice(0, 7), 6],
    'group-renewed-both-ways': [
      ['sha256', 'time-stamp', 'sha384', 'time-stamp', 'sha512'],
      [objects.slice(0, 3), objects.slice(3, 5)],
      1,
    ],
  };

  for (const [name, [renews, groups, index = 0]] of Object.entries(cases))
    it(`passes ${name}, while the newest time-stamp holds`, async () => {
      const record = put(`${name}.ers`, await made(groups, renews, index));
      const contents = (groups[index] ?? []).map((octets, number) => put(`${name}-${number}.txt`, octets));
      const holds = daysFrom(at, 0.9 * 365 * (renews.length - 1) + 3);
      const found = verdicts(anchor, holds, [[record, ...contents].join('=')]);
      expect(found).to.deep.equal({ [`${name}.ers`]: 'PASSED' });
    });

  it('says what we say of a signature whose certificate has expired, by its material and a record over it', async () => {
    const signer = await pki.signer({ notBefore: daysFrom(at, -10), notAfter: daysFrom(at, 30) });
    const crls = [await pki.crl({ thisUpdate: at }), await pki.crl({ issuer: pki.root, thisUpdate: at })];
    const signature = { signer, signingTime: at };
    const cms = await signedCms({ pki, signatures: [signature], crls });
    const without = put('without.p7m', cms);
    const leaf = { digests: [digestOf(cms)], blinding: digestOf('skriveno') };
    const tree = hashTree({ algorithm: 'sha512', leaves: Buffer.from(leafNode('sha512', leaf)) });
    const reduced = await reducedHashTree(storedHashTree(tree), 0, leaf);
    const token = await enrichment(pki, daysFrom(at, 2))(await pki.timestamps({ at: daysFrom(at, 1) })(tree.root));
    const record = evidenceRecord({ chains: [[{ algorithm: 'sha512', reducedHashTree: reduced, token }]] });
    const withRecord = put('with.p7m', embedInCades(cms, record));
    const when = daysFrom(at, 200);
    const there = verdicts(anchor, when, [without, withRecord], ['-Dsignatures=true']);
    const ours: Record<string, string> = {};
    for (const path of [without, withRecord]) {
      const { signatures } = await validateDocument({
        document: bytesReader(readFileSync(path)),
        name: path,
        contents: [],
        anchors: pki.anchors,
        validationTime: when,
        examineEvidenceRecord,
      });
      const [found] = signatures;
      ours[`${basename(path)}#signature`] = [found?.indication, found?.subIndication ?? []].flat().join('/');
    }
    const told = Object.entries(there).filter(([name]) => name.endsWith('#signature'));
    expect(Object.fromEntries(told)).to.deep.equal(ours);
    expect(ours['with.p7m#signature']).to.equal('TOTAL_PASSED');
    expect(ours['without.p7m#signature']).to.match(/^INDETERMINATE/);
  });

  it('passes those inside of CAdES, XAdES and ASiC', async () => {
    const signature = { pki, signer: await pki.signer() };
    const over = async (...digests: Uint8Array[]) => {
      const leaf = { digests, blinding: digestOf('skriveno') };
      const tree = hashTree({
        algorithm: 'sha512',
        leaves: Buffer.concat([digestOf('sused'), leafNode('sha512', leaf)]),
      });
      const reduced = await reducedHashTree(storedHashTree(tree), 1, leaf);
      const token = await enrichment(pki, daysFrom(at, 1))(await pki.timestamps({ at })(tree.root));
      return evidenceRecord({ chains: [[{ algorithm: 'sha512', reducedHashTree: reduced, token }]] });
    };
    const cms = await signedCms({ pki, signatures: [{ ...signature, timestamp: true }] });
    const detached = await signedCms({ pki, signatures: [signature], packaging: 'detached' });
    const xml = await signedXml({ ...signature, timestamp: true });
    const xmlDigest = (await digestForXadesEvidence(xml, 'sha512')) as Uint8Array;
    const files = [
      { name: 'a.txt', bytes: sampleContent },
      { name: 'b.txt', bytes: Buffer.from('b') },
    ];
    const options = { form: 'ASiC-E', signature: 'CAdES', signingTime: at } as const;
    const sealed = await sealAsic(files, signature.signer.signer, options);
    const [, ...entries] = sealed;
    const record = await over(...entries.map(({ bytes }) => digestOf(bytes)));
    const single = { name: 'mimetype', bytes: Buffer.from('application/vnd.etsi.asic-s+zip') };
    const only = asicEvidence(files.slice(0, 1), await over(digestOf(sampleContent)), {
      form: 'ASiC-S',
      algorithm: 'sha512',
    });
    const evidence = asicEvidence(entries, record, { form: 'ASiC-E', algorithm: 'sha512' });
    const content = put('content.txt', sampleContent);
    const found = verdicts(anchor, daysFrom(at, 3), [
      put('a.p7m', embedInCades(cms, await over(digestOf(cms)))),
      `${put('a.p7s', embedInCades(detached, await over(digestOf(detached), digestOf(sampleContent))))}=${content}`,
      put('a.xml', embedInXades(xml, await over(xmlDigest))),
      put('a.asice', await packAsic([...sealed, ...evidence])),
      put('a.asics', await packAsic([single, ...files.slice(0, 1), ...only])),
    ]);
    const names = ['a.p7m', 'a.p7s', 'a.xml', 'a.asice', 'a.asics'];
    expect(found).to.deep.equal(Object.fromEntries(names.map((name) => [name, 'PASSED'])));
  });

  it('refuses one over another object', async () => {
    const record = put('changed.ers', await made(alone.slice(0, 3), ['sha512']));
    const found = verdicts(anchor, daysFrom(at, 3), [`${record}=${put('other.txt', 'drugo')}`]);
    expect(found).to.deep.equal({ 'changed.ers': 'FAILED/HASH_FAILURE' });
  });

  it('leaves one undecided whose newest time-stamp has lapsed', async () => {
    const record = put('lapsed.ers', await made(alone.slice(0, 3), ['sha512']));
    const found = verdicts(anchor, daysFrom(at, 2 * 365), [`${record}=${put('first.txt', objects[0] as Buffer)}`]);
    expect(found['lapsed.ers']).to.match(/^INDETERMINATE/);
  });
});

describe('openssl on time-stamp tokens with material put in', () => {
  let pki: ToyPki;
  let bare: Uint8Array;
  let root: string;
  before(async () => {
    pki = await toyPki({ at: new Date() });
    root = put('openssl-root.pem', pki.anchorPem);
    put('stamped.txt', sampleContent);
    const value = createHash('sha256').update(sampleContent).digest('hex');
    bare = await pki.timestamps({ fault: 'no-certificate' })({ algorithm: 'sha256', value });
  });

  const openssl = (...args: string[]) => spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  const verifyByTs = (token: string) =>
    openssl('ts', '-verify', '-data', 'stamped.txt', '-in', token, '-token_in', '-CAfile', root);

  it('verifies them by the certificates in them', () => {
    expect(verifyByTs(put('bare.tst', bare)).stderr).to.match(/signer certificate not found|verification: failed/i);
    const certificates = [pki.timestampAuthority, pki.intermediate].map(({ signer }) => signer.chain[0]);
    const token = enrichTimestampToken(bare, { certificates, crls: [], ocspResponses: [] });
    const { status, stdout, stderr } = verifyByTs(put('certified.tst', token));
    expect([status, stdout.trim()], stderr).to.deep.equal([0, 'Verification: OK']);
  });

  it('takes CRLs from them, and bears OCSP responses in them', async () => {
    const certificates = [pki.timestampAuthority, pki.intermediate].map(({ signer }) => signer.chain[0]);
    const crls = [await pki.crl(), await pki.crl({ issuer: pki.root })];
    const ocspResponses = [await pki.ocsp(pki.timestampAuthority)];
    const verify = (token: Uint8Array) => {
      const options = ['-inform', 'DER', '-CAfile', root, '-purpose', 'any', '-crl_check_all', '-out', 'info.der'];
      const { status, stderr } = openssl('cms', '-verify', '-in', put('token.der', token), ...options);
      return { status, stderr };
    };
    const withAll = verify(enrichTimestampToken(bare, { certificates, crls, ocspResponses }));
    expect(withAll.status, withAll.stderr).to.equal(0);
    const without = verify(enrichTimestampToken(bare, { certificates, crls: [], ocspResponses }));
    expect(without.stderr).to.match(/unable to get certificate CRL/);
  });
});
