import { expect } from 'chai';
import fc from 'fast-check';
import { toLatin } from '../../../src/base/index.ts';

describe('Serbian in Latin letters', () => {
  for (const [cyrillic, latin] of [
    ['Љубав, њива, џеп и ђак', 'Ljubav, njiva, džep i đak'],
    ['ЉУБАВ ЊЕГОШЕВА', 'LJUBAV NJEGOŠEVA'],
    ['Његош', 'Njegoš'],
    ['ПОЉЕ Љ', 'POLJE Lj'],
    ['ПАЊ', 'PANJ'],
    ['Чича Ћира жуца шаш', 'Čiča Ćira žuca šaš'],
    ['PDF/А од 24.11.2026.', 'PDF/A od 24.11.2026.'],
    ['„{name}“ – 5 kB', '„{name}“ – 5 kB'],
  ] as const)
    it(`writes ${cyrillic} as ${latin}`, () => {
      expect(toLatin(cyrillic)).to.equal(latin);
    });

  it('leaves no Serbian letter in Cyrillic and touches nothing else', () => {
    const letters = [...'абвгдђежзијклљмнњопрстћуфхцчџшАБВГДЂЕЖЗИЈКЛЉМНЊОПРСТЋУФХЦЧЏШ'];
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.constantFrom(...letters), fc.constantFrom(...'abc 12.,!{}čđ'))), (parts) => {
        const text = parts.join('');
        expect(toLatin(text)).to.not.match(/[\u0400-\u04ff]/);
        expect(toLatin(toLatin(text))).to.equal(toLatin(text));
      }),
    );
  });
});
