import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { isBreached } from '../../../../src/archive/administration/accounts/breached-passwords.ts';
import {
  keptRecoveryCode,
  newRecoveryCodes,
  stepOfCode,
  totpAddress,
  totpCode,
} from '../../../../src/archive/administration/accounts/one-time-codes.ts';
import {
  checkNewPassword,
  hashPassword,
  isOutdated,
  isPassword,
} from '../../../../src/archive/administration/accounts/passwords.ts';
import { usualSignInPolicy } from '../../../../src/archive/administration/index.ts';
import { quickSignIn } from '../../../support/accounts.ts';
import { refusalOf } from '../../../support/archive.ts';
import { emptyFolder } from '../../../support/folders.ts';

describe('one-time codes', () => {
  /** RFC 6238, appendix B, SHA-1, the last six of eight digits. */
  const vectors: [number, string][] = [
    [59, '287082'],
    [1111111109, '081804'],
    [1111111111, '050471'],
    [1234567890, '005924'],
    [2000000000, '279037'],
    [20000000000, '353130'],
  ];
  const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  for (const [seconds, code] of vectors)
    it(`are those of RFC 6238 at ${seconds}`, () => {
      expect(totpCode(secret, Math.floor(seconds / 30))).to.equal(code);
    });

  it('are taken within a step before and after, and no further', () => {
    const step = 40_000_000;
    const code = totpCode(secret, step);
    const at = (steps: number) => stepOfCode(secret, code, new Date((step + steps) * 30_000));
    expect([-2, -1, 0, 1, 2].map(at)).to.deep.equal([undefined, step, step, step, undefined]);
    for (const wrong of ['', '12345', '1234567', 'abcdef', `${code} `, '１２３４５６'])
      expect(stepOfCode(secret, wrong, new Date(step * 30_000)), wrong).to.equal(undefined);
  });

  it('are told to authenticators without anything breaking out of its place', () => {
    expect(totpAddress(secret, 'A & B', 'x?secret=y')).to.include('A%20%26%20B:x%3Fsecret%3Dy?secret=GEZ');
  });

  it('have recovery codes that can be typed as people type', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).to.equal(10);
    for (const code of codes) {
      expect(code).to.match(/^([A-Z2-7]{4}-){3}[A-Z2-7]{4}$/);
      expect(keptRecoveryCode(code.toLowerCase().replaceAll('-', ' '))).to.equal(code);
    }
  });
});

describe('passwords', () => {
  const check = (password: string, own: string[] = ['mira.petrović', 'Mira']) =>
    refusalOf(checkNewPassword(quickSignIn, password, own));

  it('must be long, not of many kinds', async () => {
    expect(await check('sve malim slovima')).to.equal('nothing was refused');
    expect(await check('Aa1!Aa1!Aa1')).to.equal('PASSWORD_REFUSED');
    expect(await check('x'.repeat(20))).to.equal('PASSWORD_REFUSED');
    expect(await check('mira.petrovićmira.petrović')).to.equal('PASSWORD_REFUSED');
    expect(await check(`${'dug '.repeat(64)}a`)).to.equal('PASSWORD_REFUSED');
    expect(await check('са\u0000контролним знаком')).to.equal('PASSWORD_REFUSED');
    expect(await check('🔑🗝🔒🔓🗄📦🗃📁📂🏛⚖🖋'), 'twelve code points').to.equal('nothing was refused');
  });

  it('are the same however their letters are put together', async () => {
    const hash = await hashPassword(quickSignIn, 'Žalba u tri čina'.normalize('NFD'));
    expect(await isPassword(quickSignIn, 'Žalba u\u00a0tri čina'.normalize('NFC'), hash)).to.equal(true);
    expect(await isPassword(quickSignIn, 'Zalba u tri cina', hash)).to.equal(false);
    expect(await isPassword(quickSignIn, 'bilo šta', undefined)).to.equal(false);
  });

  it('are kept by argon2id, and hashed anew when its parameters change', async () => {
    const hash = await hashPassword(quickSignIn, 'četiri reči zaredom');
    expect(hash).to.match(/^\$argon2id\$v=19\$m=64,t=1,p=1\$/);
    expect(isOutdated(quickSignIn, hash)).to.equal(false);
    expect(isOutdated(usualSignInPolicy, hash)).to.equal(true);
    expect(usualSignInPolicy.argon2.memoryCost).to.be.at.least(19_456);
  });

  it('are looked for in a list of those that leaked', async () => {
    const leaked = Array.from({ length: 500 }, (_, index) => `procurela lozinka ${index}`);
    const lines = leaked.map((word) => createHash('sha1').update(word).digest('hex').toUpperCase()).sort();
    for (const [name, text] of [
      ['plain', `${lines.join('\n')}\n`],
      ['counted', lines.map((line, index) => `${line}:${index * 7919}`).join('\r\n')],
    ] as const) {
      const path = join(emptyFolder(), name);
      writeFileSync(path, text);
      for (const word of leaked) expect(await isBreached(path, word), `${name} ${word}`).to.equal(true);
      for (let index = 0; index < 100; index++) expect(await isBreached(path, `druga ${index}`)).to.equal(false);
      const policy = { ...quickSignIn, breachedPasswords: path };
      expect(await refusalOf(checkNewPassword(policy, 'procurela lozinka 77', []))).to.equal('PASSWORD_REFUSED');
    }
  });
});
