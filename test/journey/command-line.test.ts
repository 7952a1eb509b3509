import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { sampleDocuments } from '../../src/demo/index.ts';
import { trajno } from '../support/command.ts';
import { emptyFolder } from '../support/folders.ts';

describe('the command line', function () {
  this.timeout(120_000);
  const folder = emptyFolder();
  const environment = { TRAJNO_DATA: join(folder, 'data') };
  const run = (...args: string[]) => trajno(args, environment);
  const json = async (...args: string[]) => {
    const { out, code } = await run(...args, '--json');
    expect(out.trim().split('\n'), 'one JSON document and nothing else').to.have.length(1);
    return { code, said: JSON.parse(out) };
  };
  const bulk = join(folder, 'bulk');
  let record: string;
  let contract: Readonly<Record<string, string>>;

  before(async () => {
    const { records, anchors } = await sampleDocuments(() => new Date());
    mkdirSync(join(environment.TRAJNO_DATA, 'trust'), { recursive: true });
    for (const { name, pem } of anchors) writeFileSync(join(environment.TRAJNO_DATA, 'trust', `${name}.pem`), pem);
    contract = records[0]?.metadata ?? {};
    mkdirSync(join(bulk, 'deeper'), { recursive: true });
    for (const { files } of records) for (const { name, bytes } of files) writeFileSync(join(bulk, name), bytes);
    writeFileSync(join(bulk, 'deeper', 'skenirana potvrda.png'), 'another file of that name, not an image');
  });

  it('archives a folder: each file a record, detached signatures with what they sign in their folder', async () => {
    const { code, said } = await json('archive', bulk);
    expect(said.records).to.have.length(readdirSync(bulk).length - 1);
    for (const one of said.records) expect(one.state).to.equal('awaiting');
    expect(code).to.equal(0);
    const scan = said.records.find((one: { files: { name: string }[] }) => one.files.length === 2);
    expect(scan.files.map(({ name }: { name: string }) => name)).to.have.members([
      'skenirana potvrda.png',
      'skenirana potvrda.png.p7s',
    ]);
    expect(scan.signatures[0]).to.include({ indication: 'TOTAL_PASSED' });
    expect(scan.receipt.head).to.match(/^\d+:[0-9a-f]{128}$/);
    expect(scan.files[0].sha256).to.match(/^[0-9a-f]{64}$/);
    record = scan.record;
    const changed = said.records.flatMap((one: { signatures: { indication: string }[] }) => one.signatures);
    expect(changed.map(({ indication }: { indication: string }) => indication)).to.include('TOTAL_FAILED');
  });

  it('makes one record of all with --together, under a profile and metadata', async () => {
    const metadata = join(folder, 'metadata.json');
    writeFileSync(metadata, JSON.stringify({ title: 'Заједно', category: 'K-2' }));
    const { code, said } = await json(
      'archive',
      join(bulk, 'beleška.txt'),
      join(bulk, 'Решење 17-2026.pdf'),
      '--together',
      '--metadata',
      metadata,
    );
    expect(code).to.equal(0);
    expect(said.records).to.have.length(1);
    expect(said.records[0]).to.include({ state: 'archived', version: 1 });
    expect(said.records[0].warnings).to.include('DUPLICATE_CONTENT').and.include('MALWARE_NOT_SCANNED');
  });

  it('archives a list: files parted by |, metadata behind a tab', async () => {
    writeFileSync(join(folder, 'one.json'), JSON.stringify({ title: 'From the list', category: 'K-3' }));
    writeFileSync(
      join(folder, 'list.txt'),
      'bulk/beleška.txt|bulk/skenirana potvrda.png\tone.json\nbulk/beleška.txt\n',
    );
    const { code, said } = await json('archive', '--list', join(folder, 'list.txt'));
    expect(code).to.equal(0);
    expect(said.records.map((one: { files: unknown[] }) => one.files.length)).to.deep.equal([2, 1]);
    expect(said.records[0].state).to.equal('archived');
  });

  it('says 1 for what is refused or quarantined, with code and sentence', async () => {
    writeFileSync(join(folder, 'empty.pdf'), '');
    const empty = await json('archive', join(folder, 'empty.pdf'));
    expect(empty.code).to.equal(1);
    expect(empty.said.records[0]).to.deep.include({ state: 'rejected' });
    expect(empty.said.records[0].error.code).to.equal('EMPTY_FILE');
    const metadata = join(folder, 'contract.json');
    const { title, ...fields } = contract;
    writeFileSync(metadata, JSON.stringify({ title, fields }));
    const bad = await json('archive', join(bulk, 'priznanica-izmenjena.pdf'), '--profile', 'contract');
    expect(bad.said.records[0].error).to.include({ code: 'METADATA_INVALID' });
    expect(bad.said.records[0].error.places).to.have.length.at.least(1);
    const forged = await json(
      'archive',
      join(bulk, 'priznanica-izmenjena.pdf'),
      '--profile',
      'contract',
      '--metadata',
      metadata,
    );
    expect([forged.code, forged.said.records[0].state]).to.deep.equal([1, 'quarantined']);
    expect(forged.said.records[0].signatures[0].indication).to.equal('TOTAL_FAILED');
  });

  it('lists and finds in either alphabet', async () => {
    const { code, said } = await json('list', '--query', 'zajedno');
    expect(code).to.equal(0);
    expect(said.records.map(({ title }: { title: string }) => title)).to.deep.equal(['Заједно']);
    expect(said.next).to.equal(null);
    expect(said.records[0].archivedAt).to.match(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  it('exports a record by id or number in three forms, and verifies each without the archive', async () => {
    const trust = join(folder, 'anchors');
    expect((await json('anchors', '--to', trust)).said.files).to.have.length.at.least(1);
    const { said: listed } = await json('list', '--query', 'zajedno');
    for (const form of ['folder', 'zip', 'tar']) {
      const to = join(folder, `to-${form}`);
      const { code, said } = await json('export', listed.records[0].number, '--to', to, '--form', form);
      expect(code).to.equal(0);
      for (const path of said.files) expect(existsSync(path), path).to.equal(true);
      const verified = await trajno(['verify', said.files[0], '--trust', trust, '--json'], {});
      expect(JSON.parse(verified.out)).to.include({ trust: 'given' });
      expect(JSON.parse(verified.out).result).to.be.oneOf(['PASSED', 'INDETERMINATE']);
      const untrusted = JSON.parse((await trajno(['verify', said.files[0], '--json'], {})).out);
      expect(untrusted).to.include({ result: 'INDETERMINATE', trust: 'embedded-only' });
    }
    const damaged = join(
      folder,
      'to-folder',
      readdirSync(join(folder, 'to-folder')).find((name) => !name.endsWith('.with')) ?? '',
    );
    writeFileSync(join(damaged, 'METS.xml'), '<mets/>');
    const { code } = await trajno(['verify', damaged, '--trust', trust, '--json'], {});
    expect(code).to.equal(1);
  });

  it('validates a document and a list of them', async () => {
    const trust = join(environment.TRAJNO_DATA, 'trust');
    const { code, said } = await json(
      'validate',
      join(bulk, 'Ugovor o delu 42-2026.pdf'),
      '--trust',
      trust,
      '--offline',
    );
    expect(code).to.equal(0);
    expect(said.container).to.equal('PDF');
    expect(said.signatures).to.have.length(2);
    const forged = await json('validate', join(bulk, 'priznanica-izmenjena.pdf'), '--trust', trust);
    expect([forged.code, forged.said.signatures[0].indication]).to.deep.equal([1, 'TOTAL_FAILED']);
    const list = join(folder, 'documents.txt');
    writeFileSync(list, `bulk/skenirana potvrda.png.p7s\tbulk/skenirana potvrda.png\tc1\nbulk/missing.pdf\t\tc2\n`);
    const { code: listCode, out } = await run('validate', '--list', list, '--trust', trust);
    const lines = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines[0]).to.include({ case: 'c1', container: 'CMS' });
    expect(lines[0].signatures[0].indication).to.equal('TOTAL_PASSED');
    expect(lines[1].error.code).to.equal('USAGE');
    expect(listCode).to.equal(1);
  });

  it('identifies by content', async () => {
    const { said } = await json(
      'identify',
      join(bulk, 'Ugovor o delu 42-2026.pdf'),
      join(bulk, 'deeper', 'skenirana potvrda.png'),
    );
    expect(said.files[0].matches[0].puid).to.match(/^fmt\/(95|477|478)$/);
    expect(said.files[1].matches.filter(({ basis }: { basis: string }) => basis !== 'extension')).to.not.deep.include({
      puid: 'fmt/11',
    });
  });

  it('audits: 0 when every copy is whole, 1 with findings even if repaired', async () => {
    const healthy = await json('audit');
    expect(healthy.code).to.equal(0);
    expect(healthy.said).to.include({ journal: 'intact' });
    const store = join(environment.TRAJNO_DATA, 'locations/second/store');
    const path = readdirSync(store, { recursive: true })
      .map(String)
      .find((name) => name.endsWith('skenirana potvrda.png'));
    writeFileSync(join(store, path ?? ''), 'forged');
    const found = await json('audit');
    expect(found.code).to.equal(1);
    expect(found.said.damaged[0]).to.include({ location: 'second', cause: 'DIGEST_DIFFERS', repaired: true });
    expect((await json('audit', '--location', 'second')).code).to.equal(0);
    expect(record).to.match(/^urn:uuid:/);
  });

  it('says 2 for wrong usage and unreadable input, with how it is used', async () => {
    for (const args of [
      ['archive'],
      ['archive', '/no/such/file'],
      ['export', 'X'],
      ['export', 'unknown', '--to', folder],
      ['frobnicate'],
      ['list', '--unknown'],
      ['audit', '--location', 'third'],
    ]) {
      const { code, err, out } = await run(...args);
      expect(code, args.join(' ')).to.equal(2);
      expect(out).to.equal('');
      expect(err).to.not.match(/\n\s+at /);
    }
  });
});
