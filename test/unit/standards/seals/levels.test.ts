import { expect } from 'chai';
import { type ByteReader, bytesReader } from '../../../../src/base/index.ts';
import { openPdf } from '../../../../src/standards/formats/pdf/index.ts';
import {
  type AsicFile,
  asicMimetype,
  asicSignature,
  packAsic,
  type SealedSoFar,
  type SealLevels,
  sealCades,
  sealPades,
  sealXades,
} from '../../../../src/standards/seals/index.ts';
import { validateDocument } from '../../../../src/standards/signatures/index.ts';
import { samplePdf } from '../../../support/sample-pdf.ts';
import type { ToyKeyKind } from '../../../support/toy-keys.ts';
import { type ToyPki, toyPki } from '../../../support/toy-pki.ts';

const content = Buffer.from('Садржај');
const xml = Buffer.from('<уговор xmlns="urn:primer"><члан>1</члан></уговор>');
const minutes = (pki: ToyPki, count: number) => new Date(pki.at.getTime() + count * 60_000);

/** What a maker gives: the document, and the content that is outside of it. */
type Made = readonly [document: Uint8Array, content?: ByteReader];
type Make = (signer: Parameters<typeof sealCades>[1], levels: SealLevels, at: Date) => Promise<Made>;

const makers: Record<string, Make> = {
  PAdES: async (signer, levels, signingTime) => {
    const pdf = await samplePdf();
    return [Buffer.concat([pdf, await sealPades(bytesReader(pdf), signer, { ...levels, signingTime })])];
  },
  'CAdES enclosing': async (signer, levels, signingTime) => [
    await sealCades(bytesReader(content), signer, { ...levels, signingTime, detached: false }),
  ],
  'CAdES detached': async (signer, levels, signingTime) => [
    await sealCades(bytesReader(content), signer, { ...levels, signingTime, detached: true }),
    bytesReader(content),
  ],
  'XAdES enveloped': async (signer, levels, signingTime) => [
    await sealXades({ packaging: 'enveloped', document: xml, canonicalDocument: xml }, signer, {
      ...levels,
      signingTime,
    }),
  ],
  'XAdES enveloping': async (signer, levels, signingTime) => [
    await sealXades({ packaging: 'enveloping', content, mediaType: 'text/plain' }, signer, { ...levels, signingTime }),
  ],
  'XAdES detached': async (signer, levels, signingTime) => [
    await sealXades(
      { packaging: 'detached', files: [{ uri: 'a.txt', mediaType: 'text/plain', bytes: content }] },
      signer,
      { ...levels, signingTime },
    ),
    bytesReader(content),
  ],
  ...Object.fromEntries(
    (['ASiC-S', 'ASiC-E'] as const).flatMap((form) =>
      (['CAdES', 'XAdES'] as const).map((signature) => {
        const make: Make = async (signer, levels, signingTime) => {
          const names = form === 'ASiC-S' ? ['уговор.txt'] : ['уговор.txt', 'prilog 1.txt'];
          const files: AsicFile[] = names.map((name) => ({ name, reader: bytesReader(content) }));
          const options = { ...levels, form, signature, signingTime };
          const signed = await asicSignature(files, signer, options);
          const entries = names.map((name) => ({ name, bytes: content }));
          return [await packAsic([asicMimetype(form), ...entries, ...signed])];
        };
        return [`${form} ${signature}`, make];
      }),
    ),
  ),
};

describe('a seal at each baseline level', () => {
  let pki: ToyPki;
  before(async () => {
    pki = await toyPki();
  });

  /** Revocation data of after the time-stamp, as somebody would fetch it. */
  const material = async () => ({
    certificates: [pki.intermediate, pki.statusResponder].map(({ signer }) => signer.chain[0]),
    crls: [await pki.crl({ thisUpdate: minutes(pki, 2) }), await pki.crl({ issuer: pki.root, thisUpdate: pki.at })],
    ocspResponses: [await pki.ocsp(pki.timestampAuthority, { thisUpdate: minutes(pki, 2) })],
  });
  const levelsUpTo = (level: string): SealLevels => ({
    ...(level === 'B' ? {} : { timestamp: pki.timestamps({ at: minutes(pki, 1) }) }),
    ...(level.startsWith('LT') ? { material } : {}),
    ...(level === 'LTA' ? { archiveTimestamp: pki.timestamps({ at: minutes(pki, 3) }) } : {}),
  });
  const report = async ([document, outside]: Made, given?: Awaited<ReturnType<typeof material>>) =>
    validateDocument({
      document: bytesReader(document),
      name: 'document',
      contents: outside ? [{ name: 'a.txt', reader: outside }] : [],
      anchors: pki.anchors,
      validationTime: minutes(pki, 10),
      ...(given ? { material: given } : {}),
    });

  for (const [form, make] of Object.entries(makers))
    for (const level of ['B', 'T', 'LT', 'LTA'])
      it(`${form}, level ${level}, is found good, alone from LT on`, async () => {
        const key: ToyKeyKind = level === 'T' ? 'rsa' : 'ecdsa';
        const { signer } = await pki.signer({ key, name: `Signer ${key}` });
        const made = await make(signer, levelsUpTo(level), pki.at);
        const { signatures, timestamps } = await report(made, level.startsWith('LT') ? undefined : await material());
        const format = `${form.replace(/ASiC-. | .*/g, '')}-BASELINE-${level}`;
        expect(signatures.map(({ format, indication, reason }) => [format, indication, reason])).to.deep.equal([
          [format, 'TOTAL_PASSED', signatures[0]?.reason],
        ]);
        expect([...(signatures[0]?.timestamps ?? []), ...timestamps].map(({ indication }) => indication)).to.deep.equal(
          Array(level === 'B' ? 0 : level === 'LTA' ? 2 : 1).fill('PASSED'),
        );
      });

  it('of level LTA holds when everything but the last time-stamp has lapsed', async () => {
    const late = new Date(pki.at.getTime() + 300 * 86_400_000);
    for (const [form, make] of Object.entries(makers)) {
      const holder = await pki.signer({ name: 'Short', notAfter: new Date(pki.at.getTime() + 86_400_000) });
      const [document, outside] = await make(holder.signer, levelsUpTo('LTA'), pki.at);
      const { signatures } = await validateDocument({
        document: bytesReader(document),
        name: 'document',
        contents: outside ? [{ name: 'a.txt', reader: outside }] : [],
        anchors: pki.anchors,
        validationTime: late,
        material: {
          certificates: [],
          crls: [await pki.crl({ thisUpdate: late }), await pki.crl({ issuer: pki.root, thisUpdate: late })],
          ocspResponses: [],
        },
      });
      expect(signatures.map(({ indication, reason }) => `${form} ${indication} ${reason}`)[0]).to.contain(
        `${form} TOTAL_PASSED`,
      );
    }
  });

  it('shows the seal at level T to who collects material, as a validator takes it', async () => {
    for (const [form, make] of Object.entries(makers)) {
      const shown: SealedSoFar[] = [];
      const { signer } = await pki.signer();
      const levels = {
        timestamp: pki.timestamps(),
        material: async (sealed: SealedSoFar) => {
          shown.push(sealed);
          return material();
        },
      };
      await make(signer, levels, pki.at);
      expect(shown).to.have.length(1);
      const [{ document, contents }] = shown as [SealedSoFar];
      const found = await validateDocument({
        document,
        name: 'document',
        contents,
        anchors: pki.anchors,
        validationTime: minutes(pki, 10),
        material: await material(),
      });
      expect(found.signatures[0]?.indication, form).to.equal('TOTAL_PASSED');
      expect(found.signatures[0]?.format, form).to.match(/-T$/);
    }
  });

  for (const writer of ['pdfkit', 'pdf-lib', 'pdf-lib-table'] as const)
    it(`goes on top of another of level LTA in what ${writer} wrote: both hold, and the store of both is one`, async () => {
      let document: Uint8Array = await samplePdf({ writer });
      for (const name of ['Лице', 'Печат']) {
        const { signer } = await pki.signer({ name });
        const options = { ...levelsUpTo('LTA'), signingTime: pki.at };
        document = Buffer.concat([document, await sealPades(bytesReader(document), signer, options)]);
      }
      const { signatures, timestamps } = await report([document]);
      expect(signatures.map(({ signedBy, format, indication }) => `${signedBy} ${format} ${indication}`)).to.deep.equal(
        ['Лице PAdES-BASELINE-LTA TOTAL_PASSED', 'Печат PAdES-BASELINE-LTA TOTAL_PASSED'],
      );
      const changes = new Set(signatures.flatMap(({ modifications = [] }) => modifications.map(({ code }) => code)));
      expect([...changes].sort()).to.deep.equal(['LATER_REVISIONS', 'SIGNATURES_ADDED']);
      expect(timestamps.every(({ indication }) => indication === 'PASSED')).to.equal(true);
      const pdf = await openPdf(bytesReader(document));
      const catalog = await pdf.resolve(pdf.trailer.get('Root'));
      const store = catalog.kind === 'dictionary' ? await pdf.resolve(catalog.entries.get('DSS')) : catalog;
      const crls = store.kind === 'dictionary' ? await pdf.resolve(store.entries.get('CRLs')) : store;
      expect(crls.kind === 'array' && crls.items.length).to.equal(4);
    });

  it('is refused without the levels below it', async () => {
    const { signer } = await pki.signer();
    for (const [form, make] of Object.entries(makers))
      for (const levels of [{ material }, { archiveTimestamp: pki.timestamps(), timestamp: pki.timestamps() }])
        expect(await make(signer, levels, pki.at).catch((error) => error), form).to.be.instanceOf(RangeError);
  });

  it('of a changed document is found out, whatever the level', async () => {
    const { signer } = await pki.signer();
    const pdf = await samplePdf();
    const sealed = await makers.PAdES?.(signer, levelsUpTo('LTA'), pki.at);
    const document = Buffer.from(sealed?.[0] ?? []);
    document[pdf.length - 40] = (document[pdf.length - 40] ?? 0) ^ 1;
    expect((await report([document])).signatures[0]?.indication).to.not.equal('TOTAL_PASSED');
    const [cms = new Uint8Array()] = (await makers['CAdES detached']?.(signer, levelsUpTo('LTA'), pki.at)) ?? [];
    const changed = await report([cms, bytesReader(Buffer.from('Другачије'))]);
    expect(changed.signatures[0]?.subIndication).to.equal('HASH_FAILURE');
  });
});
