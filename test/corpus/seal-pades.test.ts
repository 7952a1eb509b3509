import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { bytesReader, FormatError } from '../../src/base/index.ts';
import { openPdf, readSignatureFields } from '../../src/standards/formats/pdf/index.ts';
import { sealPades } from '../../src/standards/seals/index.ts';
import { validateDocument } from '../../src/standards/signatures/index.ts';
import { toyPki } from '../support/toy-pki.ts';

const corpus = fileURLToPath(new URL('../../../shared/corpus/signatures', import.meta.url));

/** Refused: two encrypted documents, two whose cross-references lead nowhere. */
const mostRefused = 4;

describe('sealing the PDFs of the signature corpus', () => {
  it('adds a seal that is good, leaving the document and its signatures as they were, or refuses', async function () {
    if (!existsSync(corpus) && process.env.CI === 'true')
      throw new Error(`${corpus} is missing, and CI must not skip it`);
    if (!existsSync(corpus)) return this.skip();
    this.timeout(120_000);
    const pki = await toyPki();
    const signer = await pki.signer({ key: 'ecdsa', name: 'Seal' });
    const names = readdirSync(corpus, { recursive: true, encoding: 'utf8' }).filter((name) => /\.pdf$/i.test(name));
    const refused: string[] = [];
    for (const name of names) {
      const document = readFileSync(join(corpus, name));
      const update = await sealPades(bytesReader(document), signer.signer, { signingTime: pki.at }).catch((error) => {
        expect(error, name).to.be.instanceOf(FormatError);
        refused.push(name);
      });
      if (!update) continue;
      const sealed = Buffer.concat([document, update]);
      const [before, after] = await Promise.all([document, sealed].map(fieldsOf));
      expect(after, name).to.equal((before ?? 0) + 1);
      const { signatures } = await validateDocument({
        document: bytesReader(sealed),
        name,
        contents: [],
        anchors: pki.anchors,
        validationTime: pki.at,
        material: { crls: [await pki.crl(), await pki.crl({ issuer: pki.root })] },
      });
      const ours = signatures.filter(({ signedBy }) => signedBy === 'Seal').map(({ indication }) => indication);
      expect(ours, name).to.deep.equal(['TOTAL_PASSED']);
    }
    expect(names.length).to.be.greaterThan(100);
    expect(refused.length, refused.join(', ')).to.be.at.most(mostRefused);
  });
});

const fieldsOf = async (document: Uint8Array) =>
  (await readSignatureFields(await openPdf(bytesReader(document)))).length;
