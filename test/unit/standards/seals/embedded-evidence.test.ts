import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { bytesReader, type DigestAlgorithm, FormatError } from '../../../../src/base/index.ts';
import {
  evidenceRecord,
  examineEvidenceRecord,
  hashTree,
  leafNode,
  reducedHashTree,
  storedHashTree,
} from '../../../../src/standards/evidence/index.ts';
import {
  type AsicEntry,
  asicEvidence,
  type CertificateHolder,
  embedInCades,
  embedInXades,
  packAsic,
  sealAsic,
} from '../../../../src/standards/seals/index.ts';
import {
  type DetachedContent,
  digestForXadesEvidence,
  type ValidationReport,
  validateDocument,
} from '../../../../src/standards/signatures/index.ts';
import { sampleContent, signedCms } from '../../../support/signed-cms.ts';
import { sampleXml, signedXml } from '../../../support/signed-xml.ts';
import { daysFrom } from '../../../support/toy-certificates.ts';
import { type ToyPki, toyPki } from '../../../support/toy-pki.ts';

const algorithm: DigestAlgorithm = 'sha512';
const digestOf = (octets: Uint8Array) => createHash(algorithm).update(octets).digest();

describe('an evidence record put into a signature', () => {
  let pki: ToyPki;
  let signer: CertificateHolder;
  before(async () => {
    pki = await toyPki();
    signer = await pki.signer({ notAfter: daysFrom(pki.at, 30) });
  });

  /** A record of ours over a group of objects, in a tree with two neighbours. */
  async function recordOver(...digests: readonly Uint8Array[]): Promise<Uint8Array> {
    const leaf = { digests, blinding: digestOf(Buffer.from('skriveno')) };
    const nodes = [digestOf(Buffer.from('sused')), leafNode(algorithm, leaf), digestOf(Buffer.from('drugi'))];
    const tree = hashTree({ algorithm, leaves: Buffer.concat(nodes) });
    const token = await pki.timestamps()(tree.root);
    const parts = { algorithm, reducedHashTree: await reducedHashTree(storedHashTree(tree), 1, leaf), token };
    return evidenceRecord({ chains: [[parts]] });
  }

  /** After the signer's certificate expired. */
  async function report(document: Uint8Array, contents: readonly DetachedContent[] = []): Promise<ValidationReport> {
    return validateDocument({
      document: bytesReader(document),
      name: 'document',
      contents,
      anchors: pki.anchors,
      validationTime: daysFrom(pki.at, 300),
      material: { crls: [await pki.crl(), await pki.crl({ issuer: pki.root })] },
      examineEvidenceRecord,
    });
  }

  async function verdicts(document: Uint8Array, contents?: readonly DetachedContent[]): Promise<string[]> {
    const { signatures, evidenceRecords } = await report(document, contents);
    return [...evidenceRecords, ...signatures].map(({ indication, subIndication }) =>
      [indication, subIndication].filter(Boolean).join('/'),
    );
  }

  const passed = ['PASSED', 'TOTAL_PASSED'];

  describe('CAdES', () => {
    for (const encoding of ['der', 'ber'] as const)
      for (const timestamp of [false, true])
        it(`proves it, in ${encoding}, ${timestamp ? 'beside a time-stamp' : 'as the only unsigned attribute'}`, async () => {
          const cms = await signedCms({ pki, signatures: [{ signer, timestamp }], encoding });
          const sealed = embedInCades(cms, await recordOver(digestOf(cms)));
          expect(await verdicts(sealed)).to.deep.equal(passed);
        });

    it('is over the content outside too', async () => {
      const cms = await signedCms({ pki, signatures: [{ signer }], packaging: 'detached' });
      const contents = [{ name: 'a.txt', reader: bytesReader(sampleContent) }];
      const both = embedInCades(cms, await recordOver(digestOf(cms), digestOf(sampleContent)));
      expect(await verdicts(both, contents)).to.deep.equal(passed);
      const alone = embedInCades(cms, await recordOver(digestOf(cms)));
      expect((await verdicts(alone, contents))[0]).to.equal('FAILED/HASH_FAILURE');
    });

    it('goes to the signer that is meant, and to no other', async () => {
      const cms = await signedCms({ pki, signatures: [{ signer }, { signer: await pki.signer({ name: 'Drugi' }) }] });
      const sealed = embedInCades(cms, await recordOver(digestOf(cms)), 1);
      expect((await verdicts(sealed))[0]).to.equal('PASSED');
      const signers = (await report(sealed)).signatures.map(({ signedBy }) => signedBy);
      expect(signers).to.deep.equal((await report(cms)).signatures.map(({ signedBy }) => signedBy));
      expect(() => embedInCades(cms, Buffer.from('3000', 'hex'), 2)).to.throw(RangeError);
    });

    it('proves nothing where it is over another signature', async () => {
      const cms = await signedCms({ pki, signatures: [{ signer }] });
      const sealed = embedInCades(cms, await recordOver(digestOf(Buffer.from('drugo'))));
      expect((await verdicts(sealed))[0]).to.equal('FAILED/HASH_FAILURE');
    });
  });

  describe('XAdES', () => {
    for (const packaging of ['enveloped', 'enveloping'] as const)
      for (const timestamp of [false, true])
        it(`proves it, ${packaging}, ${timestamp ? 'with' : 'without'} unsigned properties before`, async () => {
          const xml = await signedXml({ pki, signer, packaging, timestamp });
          const digest = (await digestForXadesEvidence(xml, algorithm)) as Uint8Array;
          expect(await verdicts(embedInXades(xml, await recordOver(digest)))).to.deep.equal(passed);
        });

    it('is over files outside', async () => {
      const files = [{ uri: 'a.txt', mediaType: 'text/plain', bytes: sampleContent }];
      const xml = await signedXml({ pki, signer, packaging: 'detached', files });
      const contents = [{ name: 'a.txt', reader: bytesReader(sampleContent) }];
      expect(await digestForXadesEvidence(xml, algorithm)).to.equal(undefined);
      const digest = (await digestForXadesEvidence(xml, algorithm, { contents })) as Uint8Array;
      expect(await verdicts(embedInXades(xml, await recordOver(digest)), contents)).to.deep.equal(passed);
    });

    it('leaves every other octet as it is, whatever the characters and line ends', async () => {
      const document = sampleXml.replaceAll('\n', '\r\n').replace('напомена', '🖋 </xades:UnsignedSignatureProperties>');
      const signed = Buffer.from(await signedXml({ pki, signer, document, timestamp: true }));
      for (const xml of [signed, Buffer.concat([Buffer.from('\ufeff'), signed])]) {
        const sealed = Buffer.from(embedInXades(xml, await recordOver(digestOf(xml)))).toString();
        const [, evidence = ''] =
          /(<xadesen:SealingEvidenceRecords.*?<\/xadesen:SealingEvidenceRecords>)/.exec(sealed) ?? [];
        expect(sealed.replace(evidence, '')).to.equal(xml.toString());
        expect(sealed).to.contain(`${evidence}</xades:UnsignedSignatureProperties></xades:UnsignedProperties>`);
      }
    });

    it('seals the second signature of a document after the first', async () => {
      const first = Buffer.from(await signedXml({ pki, packaging: 'enveloping' })).toString();
      const both = await signedXml({ pki, signer, document: `<both>${first}</both>` });
      const digest = (await digestForXadesEvidence(both, algorithm, { position: 1 })) as Uint8Array;
      const { evidenceRecords, signatures } = await report(embedInXades(both, await recordOver(digest), 1));
      expect(evidenceRecords[0]?.indication).to.equal('PASSED');
      expect(signatures[1]?.indication).to.equal('TOTAL_PASSED');
    });

    it('has no place where there is no such signature', async () => {
      const xml = await signedXml({ pki, signer });
      expect(() => embedInXades(xml, Buffer.alloc(1), 1)).to.throw(FormatError);
      expect(() => embedInXades(Buffer.from('<a><b></a>'), Buffer.alloc(1))).to.throw(FormatError);
      const failure = await digestForXadesEvidence(xml, algorithm, { position: 1 }).catch((error) => error);
      expect(failure).to.be.instanceOf(RangeError);
    });
  });

  describe('ASiC', () => {
    const files: AsicEntry[] = [
      { name: 'уговор.txt', bytes: sampleContent },
      { name: 'prilog 1.txt', bytes: Buffer.from('Prilog') },
    ];

    it('is over the one object of ASiC-S', async () => {
      const [file] = files as [AsicEntry];
      const record = await recordOver(digestOf(file.bytes));
      const mimetype = { name: 'mimetype', bytes: Buffer.from('application/vnd.etsi.asic-s+zip') };
      const evidence = asicEvidence([file], record, { form: 'ASiC-S', algorithm });
      expect(await verdicts(await packAsic([mimetype, file, ...evidence]))).to.deep.equal(['PASSED']);
      const changed = { ...file, bytes: Buffer.from('drugo') };
      expect(await verdicts(await packAsic([mimetype, changed, ...evidence]))).to.deep.equal(['FAILED/HASH_FAILURE']);
      expect(() => asicEvidence(files, record, { form: 'ASiC-S', algorithm })).to.throw(RangeError);
    });

    it('is over files and signature of ASiC-E, and proves it', async () => {
      const sealed = await sealAsic(files, signer.signer, { form: 'ASiC-E', signature: 'CAdES', signingTime: pki.at });
      const [, ...over] = sealed;
      const record = await recordOver(...over.map(({ bytes }) => digestOf(bytes)));
      const evidence = asicEvidence(over, record, { form: 'ASiC-E', algorithm, number: 2 });
      expect(evidence.map(({ name }) => name)).to.deep.equal([
        'META-INF/ASiCEvidenceRecordManifest002.xml',
        'META-INF/evidencerecord002.ers',
      ]);
      expect(await verdicts(await packAsic([...sealed, ...evidence]))).to.deep.equal(passed);
      const changed = sealed.map((entry) =>
        entry.name === 'prilog 1.txt' ? { ...entry, bytes: sampleContent } : entry,
      );
      expect((await verdicts(await packAsic([...changed, ...evidence])))[0]).to.equal('FAILED/HASH_FAILURE');
    });
  });
});
