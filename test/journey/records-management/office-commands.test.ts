import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type CommandContext, runCommand } from '../../../src/service/cli/index.ts';
import { testArchive } from '../../support/archive.ts';
import { emptyFolder } from '../../support/folders.ts';
import { company } from '../../support/records-office.ts';

describe('the commands of a records office', () => {
  const folder = emptyFolder();
  const place = testArchive();
  const file = (name: string, content = '') => {
    const path = join(folder, name);
    if (content) writeFileSync(path, content);
    return path;
  };

  /** Runs a command in this process: each opens the archive and closes it. */
  async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
    const [out, err]: string[][] = [[], []];
    const context: Pick<CommandContext, 'clock' | 'openArchive' | 'out'> = {
      clock: place.clock,
      openArchive: () => place.open(),
      out: {
        json: (value) => void out?.push(JSON.stringify(value)),
        line: (text) => void out?.push(text),
        message: (text) => void err?.push(text),
        progress: () => {},
      },
    };
    const code = await runCommand(args, context as CommandContext);
    return { code, out: (out ?? []).join('\n'), err: (err ?? []).join('\n') };
  }

  const json = async (...args: string[]) => {
    const { out, err, code } = await run(...args, '--json');
    expect(out.split('\n').length, err).to.equal(1);
    return { code, said: out ? JSON.parse(out) : undefined, err };
  };

  it('go from a creator and a list to a certificate of destruction', async () => {
    const entered = await json('creators', 'enter', file('company.json', JSON.stringify(company)));
    expect(entered.said.id).to.match(/^urn:trajno:creator:/);
    const list = file(
      'lista.csv',
      'Oznaka;Naziv kategorije;Rok čuvanja;Rok teče od\nA;Računi;5;\nB;Predmeti;2;case-closed\n',
    );
    const imported = await json('categories', 'import', list, '--adopted', '2026-01-15');
    expect(imported.said.categories).to.equal(2);
    const disputed = await json(
      'categories',
      'import',
      file('bad.csv', 'Oznaka;Naziv;Rok\nA;x;\n'),
      '--adopted',
      '2026-01-15',
    );
    expect(disputed.code).to.equal(1);
    expect(disputed.err).to.match(/^LIST_INVALID:.*Row 2/);
    const exported = file('lista.xlsx');
    await json('categories', 'export', exported);
    expect(readFileSync(exported).subarray(0, 2).toString()).to.equal('PK');
    const metadata = file('metadata.json', JSON.stringify({ title: 'Račun', category: 'A' }));
    const kept = await json('archive', file('racun.txt', 'a bill'), '--metadata', metadata);
    const [{ record, state }] = kept.said.records;
    expect(state).to.equal('archived');
    expect((await json('retention', 'show', record)).said.explanation).to.match(/^Kept for 5 years by category A/);
    expect((await json('book', 'enter')).said.entered).to.equal(1);
    const pdf = file('knjiga.pdf');
    await json('book', 'print', '--to', pdf);
    expect(readFileSync(pdf).subarray(0, 5).toString()).to.equal('%PDF-');
    expect((await json('dispose', 'propose', record, '--by', 'Ana')).code, 'not before the period ends').to.equal(1);
    const early = ['--early', 'nalog suda K-1/2026'];
    const { said: disposal } = await json('dispose', 'propose', record, ...early, '--by', 'Ana');
    const minutes = ['--members', 'Mara', '--members', 'Vasa', '--minutes', '1/2026', '--date', '2026-02-01'];
    expect((await json('dispose', 'review', disposal.number, ...minutes, '--by', 'ana')).code).to.equal(1);
    expect((await json('dispose', 'review', disposal.number, ...minutes, '--by', 'Mara')).said.state).to.equal(
      'approved',
    );
    const placing = ['--owner', 'o', '--mandate', 'm', '--reason', 'r', '--review-on', '2090-01-01'];
    const placed = await json('hold', 'place', '--record', record, ...placing);
    await json('hold', 'lift', placed.said.id, '--reason', 'settled');
    const done = await json('dispose', 'execute', disposal.number, '--method', 'brisanje', '--by', 'Mara');
    expect(done.code).to.equal(0);
    expect(done.said).to.deep.include({ state: 'completed', destroyed: 1, leftOut: [], pending: [] });
    const certificate = file('potvrda.pdf');
    await json('dispose', 'document', disposal.number, 'certificate.pdf', '--to', certificate);
    expect(readFileSync(certificate).subarray(0, 5).toString()).to.equal('%PDF-');
    const act = await json('register', 'enter', '--subject', 'Zahtev', '--received', '2026-02-01');
    expect(act.said.number).to.equal('01-1/2026-1');
  });

  it('tell wrong usage from what may not be', async () => {
    expect((await run('hold', 'lift', 'urn:trajno:hold:none', '--reason', 'r')).code).to.equal(2);
    expect((await run('dispose', 'burn')).code).to.equal(2);
    expect((await run('retention', 'show', '1999-000001')).code).to.equal(2);
    expect(
      (await run('retention', 'start', '--case', '1', '--event', 'created', '--date', '2026-01-01')).code,
    ).to.equal(2);
  });

  it('speak to people, too', async () => {
    expect((await run('creators')).out).to.match(/private {2}Пример д\.о\.о\./);
    expect((await run('categories', 'list')).out).to.match(/^A +5 +created +Računi/);
    expect((await run('categories', 'versions')).out).to.match(/^1 {2}valid from 2026-01-15/);
    expect((await run('retention')).out).to.match(/limited +0/);
    expect((await run('retention', 'candidates')).out).to.equal('');
    expect((await run('hold', 'list', '--lifted')).out).to.match(/lifted 2026-/);
    expect((await run('book')).out).to.match(/^1 \| .* \| уништено$/);
    expect((await run('book', 'due')).out).to.match(/^2025 {2}nothing-to-send, by 2026-04-30/);
    expect((await run('dispose', 'list')).out).to.match(/completed {2}proposed by Ana/);
    expect((await run('register', 'list')).out).to.match(/^01-1\/2026-1 +2026-02-01 {2}Zahtev/);
  });
});
