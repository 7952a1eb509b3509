import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { ExportVerification } from '../../src/archive/access/index.ts';
import { trajno } from '../support/command.ts';
import { withLastBitFlipped } from '../support/flipped-bit.ts';
import { emptyFolder } from '../support/folders.ts';
import { signedCms } from '../support/signed-cms.ts';
import { toyPki } from '../support/toy-pki.ts';

describe('the proofs that an export comes with', function () {
  this.timeout(120_000);
  const folder = emptyFolder();
  const environment = { TRAJNO_DATA: join(folder, 'data') };
  const anchors = join(folder, 'anchors');
  let packages: Record<'aip' | 'dip', string>;
  before(async () => {
    const pki = await toyPki({ at: new Date() });
    writeFileSync(join(folder, 'odluka.p7m'), await signedCms({ pki }));
    const archived = await trajno(['archive', join(folder, 'odluka.p7m'), '--json'], environment);
    const { record } = JSON.parse(archived.out).records[0];
    await trajno(['evidence', 'export', record, '--to', join(folder, 'proofs')], environment); // closes the batch
    await trajno(['anchors', '--to', anchors], environment);
    const exported = async (kind: 'aip' | 'dip') => {
      const ran = await trajno(['export', record, `--${kind}`, '--to', join(folder, kind), '--json'], environment);
      return JSON.parse(ran.out).files[0] as string;
    };
    packages = { aip: await exported('aip'), dip: await exported('dip') };
  });
  const verified = async (path: string, trust: readonly string[] = ['--trust', anchors]) =>
    JSON.parse((await trajno(['verify', path, ...trust, '--json'])).out) as ExportVerification;
  const outcomes = ({ checks }: ExportVerification, id: string) =>
    checks.filter((check) => check.id === id).map(({ outcome }) => outcome);

  for (const kind of ['aip', 'dip'] as const)
    it(`are verified with an ${kind.toUpperCase()}, without the archive: evidence decides, a stranger’s signature is told`, async () => {
      const found = await verified(packages[kind]);
      expect(outcomes(found, 'evidence'), JSON.stringify(found.checks)).to.deep.equal(['PASSED']);
      expect(outcomes(found, 'original-signature')).to.deep.equal(['INDETERMINATE']);
      expect(found.result).to.equal('PASSED');
      const untrusted = await verified(packages[kind], []);
      expect(untrusted.result).to.equal('INDETERMINATE');
      expect(new Set(outcomes(untrusted, 'evidence'))).to.deep.equal(new Set(['INDETERMINATE']));
    });

  it('fail when a record was changed, or is that of another file', async () => {
    const copy = join(folder, 'copy');
    cpSync(join(folder, 'aip'), copy, { recursive: true });
    const [name = ''] = readdirSync(copy).filter((one) => one.endsWith('.with'));
    const evidence = join(copy, name, 'evidence');
    const mets = join(evidence, 'METS.xml.ers');
    const whole = readFileSync(mets);
    writeFileSync(mets, withLastBitFlipped(whole));
    const path = join(copy, name.slice(0, -'.with'.length));
    expect(outcomes(await verified(path), 'evidence')).to.not.include('PASSED');
    writeFileSync(mets, readFileSync(join(evidence, 'metadata/preservation/premis.xml.ers')));
    const other = await verified(path);
    expect([other.result, ...outcomes(other, 'evidence')]).to.deep.equal(['FAILED', 'FAILED']);
  });
});
