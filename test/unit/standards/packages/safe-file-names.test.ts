import { expect } from 'chai';
import { safeFileNames } from '../../../../src/standards/packages/index.ts';

const safe = (name: string) => safeFileNames([name])[0];

describe('safe file names', () => {
  it('keep names that are safe already, Cyrillic, spaces and signs among them', () => {
    for (const name of [
      'Уговор №2.pdf',
      "a #1 & 'b' 100%.pdf",
      'a+b=c;d,e@f!g$h(1)[2]{3}^`~.pdf',
      '.skriveno',
      '😀.txt',
    ]) {
      expect(safe(name)).to.equal(name);
    }
  });

  it('replace separators, reserved, control and invisible characters', () => {
    expect(safe('../../etc/passwd')).to.equal('.._.._etc_passwd');
    expect(safe('a\\b:c*d?e"f<g>h|i')).to.equal('a_b_c_d_e_f_g_h_i');
    expect(safe('\u202Efdp.exe')).to.equal('_fdp.exe');
    expect(safe('a\u0000b\u0085c\u2028d\uD800e\uFFFE\u200B')).to.equal('a_b_c_d_e__');
  });

  it('make a name of what is none', () => {
    for (const name of ['', '.', '..', ' ', '. . .', '\u00a0'])
      expect(safe(name), JSON.stringify(name)).to.equal('file');
  });

  it('drop dots and spaces that Windows would drop', () => {
    expect(safe('kraj. . .')).to.equal('kraj');
    expect(safe('  a.pdf ')).to.equal('a.pdf');
  });

  it('do not name Windows devices', () => {
    expect(safeFileNames(['con', 'COM1.txt', 'nul.tar.gz', 'console', 'lpt¹'])).to.deep.equal([
      '_con',
      '_COM1.txt',
      '_nul.tar.gz',
      'console',
      '_lpt¹',
    ]);
  });

  it('cut long names at a character and keep the extension', () => {
    const name = safe(`${'Ж'.repeat(200)}.pdf`) ?? '';
    expect(Buffer.byteLength(name)).to.equal(254);
    expect(name).to.match(/^Ж+\.pdf$/);
  });

  it('number names that differ only by case, Unicode form or what was replaced', () => {
    expect(safeFileNames(['Ime.pdf', 'IME.PDF', 'ime.pdf', 'é', 'e\u0301', 'a:b', 'a/b', 'Ime-2.pdf'])).to.deep.equal([
      'Ime.pdf',
      'IME-2.PDF',
      'ime-3.pdf',
      'é',
      'é-2',
      'a_b',
      'a_b-2',
      'Ime-2-2.pdf',
    ]);
  });

  it('come in time for as many names as a stranger sends, all the same or all nearly so', () => {
    const same = safeFileNames(Array.from({ length: 20_000 }, () => 'a.pdf'));
    expect(new Set(same).size).to.equal(20_000);
    const long = Array.from(
      { length: 10_000 },
      (_, index) => `${'x'.repeat(251)}${String(index % 5000).padStart(4, '0')}`,
    );
    expect(new Set(safeFileNames(long)).size).to.equal(10_000);
  }).timeout(5000);
});
