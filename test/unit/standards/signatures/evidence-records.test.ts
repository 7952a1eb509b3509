import { createHash } from 'node:crypto';
import { expect } from 'chai';
import { bytesReader } from '../../../../src/base/index.ts';
import { examineEvidenceRecord } from '../../../../src/standards/evidence/index.ts';
import {
  type Asn1Element,
  childrenOf,
  decodeWholeAsn1,
  encodeElement,
} from '../../../../src/standards/formats/asn1/index.ts';
import { oid, sequence, tagged } from '../../../../src/standards/formats/der/index.ts';
import { type CertificateHolder, packAsic } from '../../../../src/standards/seals/index.ts';
import {
  type ValidationReport,
  type ValidationRequest,
  validateDocument,
} from '../../../../src/standards/signatures/index.ts';
import { type EvidenceStep, evidenceRecord, initial } from '../../../support/evidence-record.ts';
import { sampleContent, signedCms } from '../../../support/signed-cms.ts';
import { daysFrom } from '../../../support/toy-certificates.ts';
import { type ToyPki, toyPki } from '../../../support/toy-pki.ts';

const year = 365;
const content = (octets: Uint8Array, name = 'a.txt') => ({ name, reader: bytesReader(octets) });

describe('validating evidence records', () => {
  let pki: ToyPki;
  let crls: Uint8Array[];

  before(async () => {
    pki = await toyPki();
    crls = [await pki.crl(), await pki.crl({ issuer: pki.root })];
  });

  const report = (document: Uint8Array, request: Partial<ValidationRequest> = {}): Promise<ValidationReport> =>
    validateDocument({
      document: bytesReader(document),
      name: 'document',
      contents: [],
      anchors: pki.anchors,
      validationTime: pki.at,
      material: { crls },
      examineEvidenceRecord,
      ...request,
    });

  async function verdict(document: Uint8Array, request: Partial<ValidationRequest> = {}): Promise<string> {
    const { container, evidenceRecords } = await report(document, request);
    expect([container, evidenceRecords.length]).to.deep.equal(['ER', 1]);
    const [{ indication, subIndication } = { indication: 'none' }] = evidenceRecords;
    return subIndication ? `${indication}/${subIndication}` : indication;
  }

  it('breaks its form where it uses an algorithm that it does not name, unless its trees do not hold either', async () => {
    const record = (step: EvidenceStep) =>
      evidenceRecord(pki, 'ASN.1', [sampleContent], [initial, { algorithm: 'sha512', ...step }], ['sha256']);
    const contents = [content(sampleContent)];
    expect(await verdict(await record({ renews: 'hash-tree' }), { contents })).to.equal('FAILED/FORMAT_FAILURE');
    const other = await record({ renews: 'hash-tree', imprint: (root) => Buffer.alloc(root.length) });
    expect(await verdict(other, { contents })).to.equal('FAILED/HASH_FAILURE');
  });

  it('is not shown to be over each of several contents by a time-stamp without a hash tree', async () => {
    const record = await evidenceRecord(pki, 'ASN.1', [sampleContent], [{ ...initial, tree: false }]);
    const contents = [content(sampleContent), content(Buffer.from('друго'), 'b.txt')];
    expect(await verdict(record, { contents })).to.equal('INDETERMINATE/SIGNED_DATA_NOT_FOUND');
    expect(await verdict(record, { contents: contents.slice(0, 1) })).to.equal('PASSED');
  });

  for (const form of ['ASN.1', 'XML'] as const)
    describe(`that stand alone, in ${form}`, () => {
      it('passes over the content that it was made of', async () => {
        const record = await evidenceRecord(pki, form, [sampleContent]);
        expect(await verdict(record, { contents: [content(sampleContent)] })).to.equal('PASSED');
        const [evidence] = (await report(record, { contents: [content(sampleContent)] })).evidenceRecords;
        expect(evidence?.timestamps.map(({ type, indication }) => [type, indication])).to.deep.equal([
          ['EVIDENCE_RECORD_TIMESTAMP', 'PASSED'],
        ]);
      });

      it('decides nothing without the content, and fails over another', async () => {
        const record = await evidenceRecord(pki, form, [sampleContent]);
        expect(await verdict(record)).to.equal('INDETERMINATE/SIGNED_DATA_NOT_FOUND');
        expect(await verdict(record, { contents: [content(Buffer.from('друго'))] })).to.equal('FAILED/HASH_FAILURE');
      });

      it('fails when one of several contents is not under it, and names that one', async () => {
        const record = await evidenceRecord(pki, form, [sampleContent]);
        const contents = [content(sampleContent, 'in.txt'), content(Buffer.from('друго'), 'out.txt')];
        expect(await verdict(record, { contents })).to.equal('FAILED/HASH_FAILURE');
        expect((await report(record, { contents })).evidenceRecords[0]?.notCovered).to.deep.equal(['out.txt']);
      });

      it('is not passed by anchors that lie in it alone', async () => {
        const record = await evidenceRecord(pki, form, [sampleContent]);
        const request = { contents: [content(sampleContent)], anchors: [] };
        expect(await verdict(record, request)).to.equal('INDETERMINATE/NO_CERTIFICATE_CHAIN_FOUND');
      });

      it('is only named when nothing looks into it', async () => {
        const record = await evidenceRecord(pki, form, [sampleContent]);
        const { evidenceRecords } = await validateDocument({
          document: bytesReader(record),
          name: 'record',
          anchors: pki.anchors,
          validationTime: pki.at,
          contents: [content(sampleContent)],
        });
        expect(evidenceRecords[0]).to.include({ indication: 'INDETERMINATE', reasonCode: 'NOT_YET_SUPPORTED' });
      });

      it('fails when its form is broken', async () => {
        const record = Buffer.from(await evidenceRecord(pki, form, [sampleContent]));
        const cut = Buffer.concat([record, Buffer.from('<')]);
        expect(await verdict(cut, { contents: [content(sampleContent)] })).to.equal('FAILED/FORMAT_FAILURE');
      });

      describe('renewed before its time-stamps lapse', () => {
        const moments = [0, 0.9, 1.8, 2.7].map((years) => years * year);
        let steps: EvidenceStep[];
        let all: Uint8Array[];

        before(async () => {
          const authorities: CertificateHolder[] = [];
          for (const [index, days] of moments.entries())
            authorities.push(
              await pki.signer({
                profile: 'timestamps',
                name: `Žig ${index}`,
                notBefore: daysFrom(pki.at, days - 1),
                notAfter: daysFrom(pki.at, days + year),
              }),
            );
          const renews = ['nothing', 'time-stamp', 'hash-tree', 'time-stamp'] as const;
          steps = moments.map((days, index) => ({
            renews: renews[index] ?? 'nothing',
            at: daysFrom(pki.at, days),
            authority: authorities[index] as CertificateHolder,
            ...(renews[index] === 'hash-tree' ? { algorithm: 'sha512' as const } : {}),
          }));
          all = [...crls];
          for (const days of moments) {
            const thisUpdate = daysFrom(pki.at, days + 1);
            all.push(await pki.crl({ thisUpdate }), await pki.crl({ issuer: pki.root, thisUpdate }));
          }
        });

        const at = (years: number) => ({
          contents: [content(sampleContent)],
          validationTime: daysFrom(pki.at, years * year),
          material: { crls: all },
        });

        it('passes years after the first authority’s certificate expired', async () => {
          const record = await evidenceRecord(pki, form, [sampleContent], steps);
          const [evidence] = (await report(record, at(3))).evidenceRecords;
          expect([evidence?.indication, evidence?.reason]).to.have.property('0', 'PASSED');
          expect(evidence?.timestamps.map(({ indication }) => indication)).to.deep.equal([
            'INDETERMINATE',
            'INDETERMINATE',
            'INDETERMINATE',
            'PASSED',
          ]);
        });

        it('does not pass without the renewals, or when they end too early', async () => {
          expect(await verdict(await evidenceRecord(pki, form, [sampleContent], steps.slice(0, 1)), at(3))).to.match(
            /^INDETERMINATE/,
          );
          expect(await verdict(await evidenceRecord(pki, form, [sampleContent], steps), at(5))).to.match(
            /^INDETERMINATE/,
          );
        });

        it('does not pass when a renewal came after the time-stamp had lapsed', async () => {
          const late = [steps[0], { ...steps[2], renews: 'time-stamp' }] as EvidenceStep[];
          expect(await verdict(await evidenceRecord(pki, form, [sampleContent], late), at(2))).to.match(
            /^INDETERMINATE/,
          );
        });

        it('fails when a renewal is over something else', async () => {
          const strangers = (list: Buffer[]) => list.map((value) => Buffer.alloc(value.length, 1));
          for (const index of [1, 2, 3]) {
            const broken = steps.map((step, number) => (number === index ? { ...step, edit: strangers } : step));
            const found = await verdict(await evidenceRecord(pki, form, [sampleContent], broken), at(3));
            expect(found, `${index}`).to.not.equal('PASSED');
          }
        });
      });
    });

  it('are not decided when they use what is not looked into', async () => {
    const record = Buffer.from(await evidenceRecord(pki, 'XML', [sampleContent])).toString();
    const other = Buffer.from(record.replace('RFC3161', 'XMLENTRUST'));
    const [evidence] = (await report(other, { contents: [content(sampleContent)] })).evidenceRecords;
    expect(evidence).to.include({ indication: 'INDETERMINATE', reasonCode: 'NOT_YET_SUPPORTED' });
    expect(evidence?.reason).to.contain('none of RFC 3161');
  });

  describe('that come with a signature', () => {
    /** After the signer's certificate expired; authorities' last longer. */
    const later = () => ({
      validationTime: daysFrom(pki.at, 0.8 * year),
      material: { crls },
    });
    let signer: CertificateHolder;
    before(async () => {
      signer = await pki.signer({ notAfter: daysFrom(pki.at, 30) });
    });

    it('prove when it existed: an expired certificate no longer matters', async () => {
      const cms = await signedCms({ pki, signatures: [{ signer }] });
      expect((await report(cms, later())).signatures[0]?.indication).to.equal('INDETERMINATE');
      const record = await evidenceRecord(pki, 'ASN.1', [cms]);
      const { signatures, evidenceRecords } = await report(cms, { ...later(), contents: [content(record, 'cms.ers')] });
      expect(evidenceRecords[0]?.indication).to.equal('PASSED');
      expect(signatures[0]).to.include({ indication: 'TOTAL_PASSED', bestSignatureTime: '2026-11-24T12:00:00Z' });
    });

    it('prove nothing of it when they are over something else, or not valid', async () => {
      const cms = await signedCms({ pki, signatures: [{ signer }] });
      const other = await evidenceRecord(pki, 'XML', [Buffer.from('друго')]);
      const broken = await evidenceRecord(
        pki,
        'XML',
        [cms],
        [{ ...initial, imprint: (root) => Buffer.alloc(root.length) }],
      );
      const strange = await evidenceRecord(await toyPki({ world: 'Tuđ' }), 'XML', [cms]);
      for (const record of [other, broken, strange]) {
        const { signatures } = await report(cms, { ...later(), contents: [content(record, 'cms.xml')] });
        expect(signatures[0]?.indication).to.equal('INDETERMINATE');
      }
    });

    it('prove nothing when they were made after the certificate had expired', async () => {
      const cms = await signedCms({ pki, signatures: [{ signer }] });
      const record = await evidenceRecord(pki, 'ASN.1', [cms], [{ ...initial, at: daysFrom(pki.at, 60) }]);
      const { signatures, evidenceRecords } = await report(cms, { ...later(), contents: [content(record, 'cms.ers')] });
      expect(evidenceRecords[0]?.indication).to.equal('PASSED');
      expect(signatures[0]?.indication).to.equal('INDETERMINATE');
    });

    it('are found among its unsigned attributes, over the CMS without them', async () => {
      const cms = await signedCms({ pki, signatures: [{ signer }] });
      const sealed = withUnsigned(cms, '1.2.840.113549.1.9.16.2.49', await evidenceRecord(pki, 'ASN.1', [cms]));
      const { signatures, evidenceRecords } = await report(sealed, later());
      expect([evidenceRecords[0]?.indication, signatures[0]?.indication]).to.deep.equal(['PASSED', 'TOTAL_PASSED']);
      const another = await signedCms({ pki, signatures: [{ signer, signingTime: daysFrom(pki.at, -1) }] });
      const wrong = withUnsigned(another, '1.2.840.113549.1.9.16.2.49', await evidenceRecord(pki, 'ASN.1', [cms]));
      const { signatures: open, evidenceRecords: failed } = await report(wrong, later());
      expect([failed[0]?.subIndication, open[0]?.indication]).to.deep.equal(['HASH_FAILURE', 'INDETERMINATE']);
    });

    it('are over the content outside too, where they say so', async () => {
      const cms = await signedCms({ pki, signatures: [{ signer }], packaging: 'detached' });
      const external = '1.2.840.113549.1.9.16.2.50';
      const contents = [content(sampleContent)];
      const both = withUnsigned(cms, external, await evidenceRecord(pki, 'ASN.1', [cms, sampleContent]));
      expect((await report(both, { ...later(), contents })).evidenceRecords[0]?.indication).to.equal('PASSED');
      expect((await report(both, later())).evidenceRecords[0]?.subIndication).to.equal('SIGNED_DATA_NOT_FOUND');
      const onlyCms = withUnsigned(cms, external, await evidenceRecord(pki, 'ASN.1', [cms]));
      const { evidenceRecords } = await report(onlyCms, { ...later(), contents });
      expect(evidenceRecords[0]?.subIndication).to.equal('HASH_FAILURE');
    });
  });

  describe('in an ASiC container', () => {
    const file = { name: 'уговор.txt', bytes: sampleContent };
    const mimetype = (form: 's' | 'e') => ({
      name: 'mimetype',
      bytes: Buffer.from(`application/vnd.etsi.asic-${form}+zip`),
    });

    it('are over the one object of ASiC-S', async () => {
      for (const [form, name] of [
        ['ASN.1', 'evidencerecord.ers'],
        ['XML', 'evidencerecord.xml'],
      ] as const) {
        const record = { name: `META-INF/${name}`, bytes: await evidenceRecord(pki, form, [sampleContent]) };
        const good = await report(await packAsic([mimetype('s'), file, record]));
        expect([good.container, good.evidenceRecords[0]?.indication]).to.deep.equal(['ASiC-S', 'PASSED']);
        const changed = await report(await packAsic([mimetype('s'), { ...file, bytes: Buffer.from('друго') }, record]));
        expect(changed.evidenceRecords[0]?.subIndication).to.equal('HASH_FAILURE');
      }
    });

    it('are over every object that the manifest of ASiC-E names', async () => {
      const entry = ({ name, bytes }: { name: string; bytes: Uint8Array }, digest = bytes) =>
        `<asic:DataObjectReference URI="${encodeURIComponent(name)}"><ds:DigestMethod xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/><ds:DigestValue xmlns:ds="http://www.w3.org/2000/09/xmldsig#">${createHash('sha256').update(digest).digest('base64')}</ds:DigestValue></asic:DataObjectReference>`;
      const manifest = (...entries: string[]) => ({
        name: 'META-INF/ASiCEvidenceRecordManifest1.xml',
        bytes: Buffer.from(
          `<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#"><asic:SigReference URI="META-INF/evidencerecord1.ers"/>${entries.join('')}</asic:ASiCManifest>`,
        ),
      });
      const other = { name: 'prilog.txt', bytes: Buffer.from('Prilog') };
      const both = await evidenceRecord(pki, 'ASN.1', [file.bytes, other.bytes]);
      const one = await evidenceRecord(pki, 'ASN.1', [file.bytes]);
      const packed = async (record: Uint8Array, ...entries: string[]) =>
        report(
          await packAsic([
            mimetype('e'),
            file,
            other,
            manifest(...entries),
            { name: 'META-INF/evidencerecord1.ers', bytes: record },
          ]),
        );
      expect((await packed(both, entry(file), entry(other))).evidenceRecords[0]?.indication).to.equal('PASSED');
      const missing = await packed(one, entry(file), entry(other));
      expect(missing.evidenceRecords[0]).to.deep.include({ subIndication: 'HASH_FAILURE', notCovered: ['prilog.txt'] });
      const lied = await packed(both, entry(file), entry(other, file.bytes));
      expect(lied.evidenceRecords[0]?.subIndication).to.equal('HASH_FAILURE');
      const absent = await packed(both, entry(file), entry({ ...other, name: 'gone.txt' }));
      expect(absent.evidenceRecords[0]?.subIndication).to.equal('SIGNED_DATA_NOT_FOUND');
    });
  });
});

/** The CMS with one more unsigned attribute of its first signer. */
function withUnsigned(cms: Uint8Array, type: string, value: Uint8Array): Uint8Array {
  const attribute = sequence(oid(type), encodeElement(0x31, value) as ReturnType<typeof oid>);
  const edit = (element: Asn1Element, path: readonly number[]): Uint8Array => {
    const [at, ...rest] = path;
    const identifier = element.bytes[0] ?? 0;
    const children = childrenOf(element);
    if (at === undefined) return encodeElement(identifier, element.content, tagged(1, attribute));
    const index = at < 0 ? children.length + at : at;
    return encodeElement(
      identifier,
      ...children.map((child, number) => (number === index ? edit(child, rest) : child.bytes)),
    );
  };
  return edit(decodeWholeAsn1(cms), [1, 0, -1, 0]);
}
