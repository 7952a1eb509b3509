import { expect } from 'chai';
import { type IssuedCopy, issuedCopies } from '../../../../src/archive/access/index.ts';
import { refusalOf } from '../../../support/archive.ts';
import { emptyFolder } from '../../../support/folders.ts';

describe('a copy that is asked for twice with one key', () => {
  let now = new Date();
  let made = 0;
  const folder = emptyFolder();
  const copies = issuedCopies(folder, () => now);
  const issue = async (): Promise<IssuedCopy> => {
    made += 1;
    const files = [{ name: `${made}.asice`, role: 'container', bytes: Buffer.from(`копија ${made}`) }];
    return { id: `${made}`, statement: { number: `OK-2026-00000${made}` } as never, files };
  };
  const numberOf = ({ statement }: IssuedCopy) => statement.number;

  it('is issued once, and given again as it was', async () => {
    const first = await copies.once('a', 'x', issue);
    const second = await issuedCopies(folder, () => now).once('a', 'x', issue); // by another process
    expect(numberOf(second)).to.equal(numberOf(first));
    expect(Buffer.from(second.files[0]?.bytes ?? '').toString()).to.equal('копија 1');
    expect(numberOf(await copies.once('b', 'x', issue))).to.not.equal(numberOf(first));
  });

  it('is refused for another wish, and issued once when both ask at the same moment', async () => {
    expect(await refusalOf(copies.once('a', 'y', issue))).to.equal('IDEMPOTENCY_CONFLICT');
    const both = await Promise.allSettled([copies.once('c', 'x', issue), copies.once('c', 'x', issue)]);
    expect(both.map(({ status }) => status).sort()).to.deep.equal(['fulfilled', 'rejected']);
  });

  it('that failed is issued when it is asked for again', async () => {
    const failing = async () => {
      throw new Error('диск је пун');
    };
    expect(await copies.once('d', 'x', failing).catch(({ message }) => message)).to.equal('диск је пун');
    expect(numberOf(await copies.once('d', 'x', issue))).to.match(/^OK-/);
  });

  it('lies there for an hour, and its key is known for a day', async () => {
    await copies.once('e', 'x', issue);
    now = new Date(now.getTime() + 2 * 3_600_000);
    expect(await refusalOf(copies.once('e', 'x', issue))).to.equal('IDEMPOTENCY_CONFLICT');
    now = new Date(now.getTime() + 24 * 3_600_000);
    expect(numberOf(await copies.once('e', 'x', issue))).to.match(/^OK-/);
  });
});
