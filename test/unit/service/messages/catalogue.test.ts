import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { toLatin } from '../../../../src/base/index.ts';
import { causeMessages } from '../../../../src/service/messages/audit-page-messages.ts';
import { countedMessages } from '../../../../src/service/messages/counted-messages.ts';
import { packageRequirements } from '../../../../src/service/messages/package-requirement-messages.ts';
import { pageMessages } from '../../../../src/service/messages/page-messages.ts';
import { problemMessages } from '../../../../src/service/messages/problem-messages.ts';
import {
  handedOverMessages,
  journalMessages,
  outcomeMessages,
  preservationMessages,
  stateExplanations,
  stateMessages,
} from '../../../../src/service/messages/record-messages.ts';
import { indicationMessages, reasonMessages } from '../../../../src/service/messages/signature-messages.ts';
import { earkRules } from '../../../support/e-ark-package.ts';

const pagesFolder = fileURLToPath(new URL('../../../../src/service/web', import.meta.url));
const messagesFolder = fileURLToPath(new URL('../../../../src/service/messages', import.meta.url));
const pagesText = readdirSync(pagesFolder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => readFileSync(join(pagesFolder, name), 'utf8'))
  .join('\n');

/** Keys that pages put together: `decision.${decision}Hint` and the like. */
const builtKeys = [...pagesText.matchAll(/`([A-Za-z]+\.)\$\{[^}]+\}([A-Za-z.]*)`/g)].map(
  ([, start = '', end = '']) => new RegExp(`^${start.replace('.', '\\.')}[A-Za-z0-9-]+${end}$`),
);

const tables = {
  pageMessages,
  handedOverMessages,
  problemMessages,
  stateMessages,
  stateExplanations,
  journalMessages,
  preservationMessages,
  outcomeMessages,
  indicationMessages,
  reasonMessages,
  causeMessages,
};

describe('the catalogue of messages', () => {
  for (const key of Object.keys(pageMessages))
    it(`says ${key} somewhere`, () => {
      const isUsed = pagesText.includes(`'${key}'`) || builtKeys.some((pattern) => pattern.test(key));
      expect(isUsed, 'no page uses it').to.equal(true);
    });

  for (const key of Object.keys(countedMessages))
    it(`counts ${key} somewhere`, () => {
      expect(pagesText).to.include(`count('${key}'`);
    });

  it('gives no key of the pages to two sentences: one would take the other’s place', () => {
    const files = readdirSync(messagesFolder).filter((name) => name !== 'record-messages.ts'); // keys of the journal
    const keys = files.flatMap((name) =>
      [...readFileSync(join(messagesFolder, name), 'utf8').matchAll(/^ {2}'([\w.-]+)': \{/gm)].map(
        ([, key = '']) => key,
      ),
    );
    const twice = keys.filter((key, index) => key in pageMessages && keys.indexOf(key) !== index);
    expect(twice).to.deep.equal([]);
  });

  it('has a Serbian name for every requirement of package specifications, and for nothing else', () => {
    const names = earkRules.specifications.flatMap(({ requirements }) =>
      Object.values(requirements).map(({ name }) => name),
    );
    expect(Object.keys(packageRequirements)).to.have.members([...new Set(names)]);
  });

  it('says everything in both languages, with the same values put in', () => {
    for (const [table, messages] of Object.entries(tables))
      for (const [key, { sr, en }] of Object.entries(messages)) {
        expect(sr.trim(), `${table} ${key}`).to.not.equal('');
        expect(en.trim(), `${table} ${key}`).to.not.equal('');
        expect(valuesIn(sr), `${table} ${key}`).to.deep.equal(valuesIn(en));
      }
  });

  it('writes Serbian in Cyrillic and English without it', () => {
    for (const [table, messages] of Object.entries(tables))
      for (const [key, { sr, en }] of Object.entries(messages)) {
        expect(sr, `${table} ${key}`).to.match(/[\u0400-\u04ff]/);
        expect(en, `${table} ${key}`).to.not.match(/[\u0400-\u04ff]/);
        expect(toLatin(sr), `${table} ${key}`).to.not.match(/[\u0400-\u04ff]/);
      }
  });

  it('mixes no Latin look-alike into a Cyrillic word', () => {
    for (const messages of Object.values(tables))
      for (const { sr } of Object.values(messages))
        for (const [word] of sr.replace(/\{[a-z0-9]+\}/g, '').matchAll(/\p{L}+/gu))
          expect(/[\u0400-\u04ff]/.test(word) && /[A-Za-z]/.test(word), word).to.equal(false);
  });
});

function valuesIn(text: string): string[] {
  return [...text.matchAll(/\{([a-z0-9]+)\}/g)].map(([, name]) => name as string).sort();
}
