import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect } from 'chai';
import { bytesReader } from '../../src/base/index.ts';
import { examineEvidenceRecord } from '../../src/standards/evidence/index.ts';
import { schemaValidator } from '../../src/standards/formats/xml/index.ts';
import { etsiReport, validateDocument } from '../../src/standards/signatures/index.ts';

const shared = new URL('../../../shared/', import.meta.url);
const schema = (path: string) => readFileSync(new URL(`schemas/${path}`, shared));

describe('the validation report of ETSI TS 119 102-2', function () {
  this.timeout(120_000);

  it('is valid by its schema for every document of the corpus that has signatures', async function () {
    if (!existsSync(shared)) this.skip();
    const faultsOf = schemaValidator(schema('validation-report/1910202xmlSchema.xsd'), {
      'http://www.w3.org/TR/2002/REC-xmldsig-core-20020212/xmldsig-core-schema.xsd': schema(
        'xmldsig/xmldsig-core-schema.xsd',
      ),
      'http://www.w3.org/TR/2008/REC-xmldsig-core-20080610/xmldsig-core-schema.xsd': schema(
        'xmldsig/xmldsig-core-schema.xsd',
      ),
      'http://uri.etsi.org/01903/v1.3.2/XAdES.xsd': schema('xades/XAdES.xsd'),
      'http://uri.etsi.org/19612/v2.2.1/ts_119612v020201_201601xsd.xsd': schema(
        'trusted-list/ts_119612v020401_xsd.xsd',
      ),
      'http://www.w3.org/2001/xml.xsd': schema('xmldsig/xml.xsd'),
      'http://www.w3.org/2001/XMLSchema.dtd': new Uint8Array(),
    });
    const corpus = new URL('corpus/signatures/', shared);
    const anchors = readdirSync(new URL('trust/', corpus)).map((file) =>
      readFileSync(new URL(`trust/${file}`, corpus)),
    );
    const lines = readFileSync(new URL('expected.jsonl', corpus), 'utf8').trim().split('\n');
    const files = new Set(lines.map((line): string => JSON.parse(line).file));
    let reports = 0;
    for (const file of files) {
      const report = await validateDocument({
        document: bytesReader(readFileSync(new URL(file, corpus))),
        name: file,
        contents: [],
        anchors,
        trustedLists: [], // so that there is a quality to report
        validationTime: new Date('2026-11-24T12:00:00Z'),
        examineEvidenceRecord,
      });
      const xml = etsiReport(report, basename(file));
      expect(xml === undefined, file).to.equal(report.signatures.length === 0);
      if (!xml) continue;
      expect(faultsOf(xml), file).to.deep.equal([]);
      expect(Buffer.from(xml).includes('<SignatureQualityInformation>'), file).to.equal(true);
      reports++;
    }
    expect(reports).to.be.greaterThan(400);
  });
});
