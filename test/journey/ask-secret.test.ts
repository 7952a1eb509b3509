import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { askSecret } from '../../src/ask-secret.ts';

describe('asking for a PIN at the terminal', () => {
  const terminal = (isTTY: boolean) =>
    Object.assign(new PassThrough(), { isTTY }) as unknown as NodeJS.ReadStream & PassThrough;

  it('shows the question, and nothing of what is typed', async () => {
    const input = terminal(true);
    const output = new PassThrough();
    const answer = askSecret('PIN: ', input, output);
    input.write('47');
    input.write('11\r');
    expect(await answer).to.equal('4711');
    expect(String(output.read())).to.equal('PIN: \n');
  });

  it('gives nothing where there is no terminal', async () => {
    expect(await askSecret('PIN: ', terminal(false), new PassThrough())).to.equal(undefined);
  });
});
