import { expect } from 'chai';
import { speaker } from '../../../../src/service/messages/index.ts';

describe('a speaker', () => {
  const [cyrillic, latin, english] = [speaker('sr-Cyrl'), speaker('sr-Latn'), speaker('en')];

  it('writes days and times as they are in Belgrade, in winter and summer', () => {
    expect(cyrillic.day('2026-11-24')).to.equal('24.11.2026.');
    expect(cyrillic.time('2026-11-24T23:30:00Z')).to.equal('25.11.2026. 00:30');
    expect(english.time('2026-07-01T21:59:59Z')).to.equal('01.07.2026. 23:59');
  });

  it('counts as Serbian counts', () => {
    const counted = [1, 2, 5, 11, 21, 22, 25, 112].map((number) => cyrillic.count('copies', number));
    expect(counted).to.deep.equal([
      '1 копија',
      '2 копије',
      '5 копија',
      '11 копија',
      '21 копија',
      '22 копије',
      '25 копија',
      '112 копија',
    ]);
    expect(latin.count('copies', 2)).to.equal('2 kopije');
    expect([1, 2].map((number) => english.count('copies', number))).to.deep.equal(['1 copy', '2 copies']);
  });

  it('never rewrites what is put into a sentence', () => {
    expect(latin.say('signedInAs', { name: 'Јелена' })).to.equal('Prijavljeni ste kao Јелена');
    expect(english.say('signedInAs', { name: '{name}' })).to.equal('Signed in as {name}');
  });

  it('says sizes with the comma of the language', () => {
    expect([cyrillic.bytes(1500), english.bytes(1500), english.bytes(12), english.bytes(2e9)]).to.deep.equal([
      '1,5\u00a0kB',
      '1.5\u00a0kB',
      '12\u00a0B',
      '2\u00a0GB',
    ]);
  });

  it('says what it has no word for as it was told', () => {
    expect(cyrillic.state('unheard')).to.equal('unheard');
    expect(cyrillic.reason('UNHEARD', 'As the report says.')).to.equal('As the report says.');
    expect(cyrillic.state('constructor')).to.equal('constructor');
    expect(cyrillic.problem('UNHEARD')).to.equal(cyrillic.problem('FAULT'));
  });

  it('says what a signature is by the law, and of one that is not decided, what it would be', () => {
    expect(cyrillic.qualification('QESig')).to.equal('Квалификовани електронски потпис');
    expect(cyrillic.qualification('Indeterminate QESig')).to.equal('Ако важи: квалификовани електронски потпис');
    expect(english.qualification('Not AdES')).to.equal('The certificate is not qualified either');
    expect(english.timestampQualification('QTSA')).to.equal('a qualified time-stamp');
  });

  it('translates the faults of fields', () => {
    expect(cyrillic.fault('is missing')).to.equal('Ово поље је обавезно.');
    expect(english.fault('is longer than 500 characters')).to.equal('The text is longer than 500 characters.');
  });
});
