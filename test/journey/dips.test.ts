import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { sha512Hex } from '../../src/base/index.ts';
import { trajno } from '../support/command.ts';
import { emptyFolder } from '../support/folders.ts';

describe('a dissemination package on the command line', function () {
  this.timeout(120_000);
  const folder = emptyFolder();
  const environment = { TRAJNO_DATA: join(folder, 'data') };
  let record: string;
  before(async () => {
    writeFileSync(join(folder, 'odluka.txt'), 'Одлука о Петру Петровићу');
    const metadata = join(folder, 'metadata.json');
    writeFileSync(metadata, JSON.stringify({ title: 'Одлука о Петру Петровићу', opis: 'поводом жалбе Петру' }));
    writeFileSync(join(folder, 'prilog.txt'), 'прилог');
    const archived = await trajno(
      [
        'archive',
        join(folder, 'odluka.txt'),
        join(folder, 'prilog.txt'),
        '--together',
        '--metadata',
        metadata,
        '--json',
      ],
      environment,
    );
    record = JSON.parse(archived.out).records[0].record;
  });
  const exported = async (...args: string[]) => {
    const ran = await trajno(['export', ...args, '--to', join(folder, 'out'), '--json'], environment);
    expect(ran.code, ran.err).to.equal(0);
    return JSON.parse(ran.out).files as string[];
  };

  it('with a redacted file holds it in the place of the original, and says of what it was made, by whom and why', async () => {
    const redacted = join(folder, 'odluka-anonimna.txt');
    writeFileSync(redacted, 'Одлука о ████');
    const [dip = ''] = await exported(record, '--dip', '--redacted', `1=${redacted}`, '--reason', 'захтев по ЗСПИЈЗ');
    expect(readdirSync(join(dip, 'representations/redacted/data'))).to.deep.equal(['odluka-anonimna.txt']);
    expect(readdirSync(join(dip, 'representations/original/data'))).to.deep.equal(['prilog.txt']);
    const premis = readFileSync(join(dip, 'metadata/preservation/premis.xml'), 'utf8');
    expect(premis)
      .to.include('захтев по ЗСПИЈЗ')
      .and.to.include(sha512Hex(readFileSync(redacted)));
    expect(premis).to.include(sha512Hex(readFileSync(join(folder, 'odluka.txt'))));
    const judged = await trajno(['package', 'validate', dip, '--json']);
    expect(JSON.parse(judged.out).valid, judged.out).to.equal(true);
    const verified = JSON.parse((await trajno(['verify', dip, '--json'])).out);
    expect(verified.checks.filter(({ outcome }: { outcome: string }) => outcome === 'FAILED')).to.deep.equal([]);
    for (const name of readdirSync(dip, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()))
      expect(readFileSync(join(name.parentPath, name.name), 'utf8').includes('Петру')).to.equal(false);
  });

  it('is made of all that a query finds, in any form', async () => {
    const files = await exported('--query', 'odluka', '--dip', '--form', 'zip');
    expect(files.length).to.equal(1);
    expect(files[0]).to.match(/\.zip$/);
    const judged = await trajno(['package', 'validate', files[0] ?? '', '--json']);
    expect(JSON.parse(judged.out).valid, judged.out).to.equal(true);
  });

  it('is refused with options that do not go together', async () => {
    for (const options of [
      ['--aip', '--dip'],
      ['--file', '1'],
      ['--redacted', '1=x'],
      ['--dip', '--file', 'x'],
      ['--dip', '--redacted', 'x', '--reason', 'y'],
      ['--dip', '--redacted', '1=/nothing', '--reason', 'y'],
      ['--query', 'a'],
    ])
      expect(
        (await trajno(['export', record, '--to', join(folder, 'no'), ...options], environment)).code,
        options.join(' '),
      ).to.equal(2);
  });
});
