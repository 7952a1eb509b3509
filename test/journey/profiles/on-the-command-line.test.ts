import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { trajno } from '../../support/command.ts';
import { emptyFolder } from '../../support/folders.ts';

describe('trajno profile', function () {
  this.timeout(60_000);
  const data = emptyFolder();
  const run = (...args: string[]) => trajno(['profile', ...args], { TRAJNO_DATA: join(data, 'data') });

  it('shows a profile so that it can be changed, and publishes it as the next version', async () => {
    const shown = await run('show', 'minutes');
    expect(shown.code).to.equal(0);
    const definition = JSON.parse(shown.out);
    const file = join(data, 'minutes.json');
    writeFileSync(file, JSON.stringify({ ...definition, category: 'II-3' }));
    const put = await run('put', file, '--json');
    expect(JSON.parse(put.out)).to.deep.equal({ id: 'minutes', version: '1.1' });
    writeFileSync(file, JSON.stringify({ ...definition, id: 'Minutes' }));
    const refused = await run('put', file);
    expect(refused.code).to.equal(2);
    expect(refused.err).to.include('/id');
  });
});
