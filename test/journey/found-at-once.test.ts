import { join } from 'node:path';
import { expect } from 'chai';
import { trajno } from '../support/command.ts';
import { emptyFolder } from '../support/folders.ts';
import { describeOnEach } from '../support/postgres.ts';

describeOnEach('processes that are started at once where there is no archive yet', function (dialect) {
  this.timeout(120_000);

  it('found one, and all of them have it open', async () => {
    const environment = {
      TRAJNO_DATA: join(emptyFolder(), 'data'),
      TRAJNO_ONLINE: 'no',
      ...(await dialect.environment()),
    };
    const ran = await Promise.all([0, 1, 2, 3].map(() => trajno(['list', '--json'], environment)));
    expect(ran.map(({ code, err }) => (code === 0 ? '' : err))).to.deep.equal(['', '', '', '']);
    const audited = await trajno(['audit', '--json'], environment);
    expect(audited.code, audited.err).to.equal(0);
    const { journal, damaged, missing, extra, catalog } = JSON.parse(audited.out);
    expect({ journal, damaged, missing, extra, catalog }).to.deep.equal({
      journal: 'intact',
      damaged: [],
      missing: [],
      extra: [],
      catalog: [],
    });
  });
});
