import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { amendRecord, openIngest } from '../../src/archive/ingest/index.ts';
import { onlineMaterial } from '../../src/archive/trust-services/index.ts';
import { keep, testArchive } from '../support/archive.ts';
import { signedPdf } from '../support/signed-pdf.ts';
import { serveToyPki } from '../support/toy-pki-server.ts';

describe('a signature archived while its authorities can be asked', function () {
  this.timeout(60_000);

  it('passes, and what was fetched lies in the package and stays there', async () => {
    const pki = await serveToyPki();
    try {
      const place = testArchive({}, () => pki.at);
      const archive = await place.open();
      const context = {
        ...archive.context,
        anchors: async () => pki.anchors,
        materialSource: onlineMaterial(
          () => pki.at,
          undefined,
          () => true,
        ),
      };
      const online = { ...archive, context, ingest: openIngest(context) };
      const record = await keep(online, { 'уговор.pdf': await signedPdf({ pki, signatures: [{ timestamp: true }] }) });
      expect(record.state).to.equal('archived');
      expect(record.signatures.map(({ indication }) => indication)).to.deep.equal(['TOTAL_PASSED']);
      expect(pki.requests.length).to.be.greaterThan(0);
      const material = materialIn(place.store('first'));
      expect(material.length).to.be.greaterThan(0);
      expect(material.every((name) => /^[0-9a-f]{64}\.(cer|crl|ocsp)$/.test(name))).to.equal(true);
      const mets = readFileSync(join(versionFolder(place.store('first')), 'METS.xml'), 'utf8');
      await amendRecord(context, { record: record.id, actor: 'officer', reason: 'title', title: 'Уговор' });
      const next = readFileSync(join(versionFolder(place.store('first')), '../../inventory.json'), 'utf8');
      const state: Record<string, string[]> = JSON.parse(next).versions.v2.state;
      const paths = Object.values(state).flat();
      for (const name of material) expect(paths).to.include(`metadata/preservation/validation-material/${name}`);
      for (const name of material) expect(mets).to.include(`metadata/preservation/validation-material/${name}`);
    } finally {
      await pki.close();
    }
  });
});

function versionFolder(store: string): string {
  const found = readdirSync(store, { recursive: true, encoding: 'utf8' }).find((path) =>
    path.endsWith('v1/content/METS.xml'),
  );
  if (!found) throw new Error('the store holds no package');
  return join(store, found, '..');
}

function materialIn(store: string): string[] {
  return readdirSync(join(versionFolder(store), 'metadata/preservation/validation-material'));
}
