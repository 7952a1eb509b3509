import { expect } from 'chai';
import { type CatalogRecord, inTransaction, putRecords } from '../../src/archive/data-management/index.ts';
import { type RunningService, runService } from './running-service.ts';

const record = (n: number, changes: Partial<CatalogRecord> = {}): CatalogRecord => ({
  id: `urn:uuid:01890a5d-ac96-7b3c-8d5e-${String(n).padStart(12, '0')}`,
  institution: 'default',
  number: `2025-${String(n).padStart(6, '0')}`,
  title: `Уговор број ${n}`,
  profile: { id: n % 4 === 0 ? 'contract' : 'general', version: '1' },
  category: n % 2 ? 'II-3' : 'IV/7',
  state: 'archived',
  fields: {},
  receivedAt: '2025-05-05T08:00:00Z',
  documentDate: `${2020 + (n % 3)}-01-01`,
  version: 1,
  files: [],
  signatures:
    n % 5
      ? [
          {
            file: 'a',
            format: 'PAdES',
            indication: 'TOTAL_PASSED',
            signedBy: n % 3 ? 'Ђорђе Ђокић' : 'Đorđe Đokić',
            validationTime: '2025-05-05T08:00:00Z',
          },
        ]
      : [],
  ...changes,
});

/** The links of the facets with their counts. */
function facetsIn(html: string): Map<string, string> {
  const nav = html.split('<nav class="facets"')[1]?.split('</nav>')[0] ?? '';
  const links = nav.matchAll(/class="value" href="([^"]+)"><span>([^<]*)<\/span> <span class="count">([^<]*)</g);
  return new Map([...links].map(([, href = '', label, count]) => [`${label} ${count}`, href.replaceAll('&amp;', '&')]));
}

describe('finding', function () {
  this.timeout(60_000);
  let service: RunningService;
  before(async () => {
    service = await runService();
    const records = Array.from({ length: 60 }, (_, n) => record(n + 1));
    await inTransaction(service.service.context.catalog, (transaction) =>
      putRecords(transaction, [
        ...records,
        record(999, { institution: 'other', category: 'Туђа', title: 'Туђи уговор' }),
      ]),
    );
  });
  after(() => service.close());

  const page = async (address: string) => {
    const { status, text } = await service.as('officer').get(address).set('Accept-Language', 'en');
    expect(status, address).to.equal(200);
    return text;
  };

  it('tells how the archive is spread, and narrows by plain links that can be taken away again', async () => {
    const whole = facetsIn(await page('/find'));
    expect([...whole.keys()]).to.include.members(['II-3 30', 'IV/7 30', '2020 20', 'archived 60', 'no signature 12']);
    expect([...whole.keys()].filter((name) => /окић|okić/.test(name)))
      .to.have.length(1)
      .and.satisfy(([name]: string[]) => name?.endsWith(' 48'));
    const narrowed = await page(whole.get('II-3 30') as string);
    expect([...facetsIn(narrowed).keys()])
      .to.include.members(['2020 10', 'archived 30'])
      .and.not.include('IV/7 30');
    expect(narrowed).to.include('Found: 30').and.include('aria-label="Remove the condition: Category: II-3"');
    const twice = await page(facetsIn(narrowed).get('2020 10') as string);
    expect(twice).to.include('Found: 10');
    const back = /href="([^"]+)" aria-label="Remove the condition: Category: II-3"/.exec(twice)?.[1] ?? '';
    expect(await page(back.replaceAll('&amp;', '&'))).to.include('Found: 20');
  });

  it('narrows words by facets and finds a number as one word', async () => {
    expect(await page('/find?text=ugovor&year=2021&verdict=total_passed')).to.include('Found: 16');
    expect(await page('/find?text=2025-000007'))
      .to.include('Found: 1')
      .and.include('/records/2025-000007');
    expect(await page('/find?text=2025-00000')).to.include('Found: ');
  });

  it('never counts or shows what is another institution’s', async () => {
    for (const address of ['/find', '/find?text=ugovor', '/find?category=tudja', '/find?profile=general'])
      expect(await page(address), address).to.not.include('Туђ');
  });

  it('keeps a search for who saved it, and for nobody else', async () => {
    const officer = service.as('officer');
    const saved = await officer
      .post('/find/saved')
      .type('form')
      .send({ name: 'Мој <b>', query: 'text=ugovor&year=2021&cursor=5&evil=1' });
    expect(saved.headers.location).to.equal('/find?text=ugovor&year=2021');
    const own = await page('/find');
    expect(own).to.include('<a href="/find?text=ugovor&amp;year=2021">Мој &lt;b></a>');
    const others = await service.as('lawyer').get('/find');
    expect(others.text).to.not.include('Мој');
    const id = /name="id" value="([^"]+)"/.exec(own)?.[1] ?? '';
    await service.as('lawyer').post('/find/saved/remove').type('form').send({ id });
    expect(await page('/find')).to.include('Мој');
    await officer.post('/find/saved/remove').type('form').send({ id });
    expect(await page('/find')).to.not.include('Мој');
  });

  it('does not mind what people write into the address', async () => {
    for (const query of [
      'year=%00',
      'by=%22%20OR%20%22',
      'category=&cursor=x',
      'verdict=%F0%9F%92%A9',
      'from=x',
      'state=nothing',
    ])
      await page(`/find?${query}`);
  });
});
