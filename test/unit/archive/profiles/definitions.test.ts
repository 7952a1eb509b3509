import { expect } from 'chai';
import { checkDefinition, makeProfile, readProfiles } from '../../../../src/archive/profiles/index.ts';
import { ArchiveError } from '../../../../src/base/index.ts';

const name = (text: string) => ({ 'sr-Cyrl': text, en: text });
const definition = {
  id: 'permit',
  title: name('Дозвола Љ'),
  fields: [{ name: 'title', required: true }],
  formats: '*',
  maxFileSize: 1000,
  onFailedSignature: 'archive',
  confirmation: 'none',
};
const isShared = (field: string) => ['title', 'opis', 'vrstaDokumenta'].includes(field);
const faultsOf = (content: unknown) => {
  try {
    checkDefinition(content, isShared);
  } catch (error) {
    if (error instanceof ArchiveError) return error.places.map(({ pointer, detail }) => `${pointer} ${detail}`);
    throw error;
  }
  return [];
};
const withField = (field: object) => ({
  ...definition,
  fields: [{ title: name('п'), kind: 'text', name: 'x', ...field }],
});

describe('the definition of a profile', () => {
  it('is taken as it is when it is sound', () => {
    expect(faultsOf(definition)).to.deep.equal([]);
    expect(faultsOf(withField({ pattern: '[0-9]{2}-[A-Z]+', check: 'pib' }))).to.deep.equal([]);
  });

  it('is refused with a place for each fault', () => {
    expect(faultsOf({ ...definition, id: '../x', formats: ['pdf'] })).to.have.length.greaterThan(1);
    expect(faultsOf({ ...definition, program: 'rm' })).to.have.length(1);
    expect(faultsOf({ ...definition, fields: [{ name: 'own' }] })).to.deep.equal(['/fields/0/kind is missing']);
    expect(faultsOf(withField({ name: 'title' }))).to.deep.equal(['/fields/0/name is the name of a shared field']);
    expect(faultsOf(withField({ kind: 'choice' }))).to.deep.equal(['/fields/0/choices is missing']);
    expect(faultsOf(withField({ kind: 'date', pattern: 'x' }))).to.have.length(1);
    expect(faultsOf({ ...definition, fields: [{ name: 'opis' }, { name: 'opis' }] })).to.deep.equal([
      '/fields/1/name stands there twice',
    ]);
  });

  for (const pattern of [
    '(a+)+',
    '(a|a)*',
    'a*a*a*',
    'a{1,9}'.repeat(12),
    'a?'.repeat(40),
    '(?:a|a)'.repeat(25),
    '(?=a)b',
    '(a)\\1',
    '[',
    '(?<n>a)',
    '(a{2,}){3}',
  ])
    it(`takes no regular expression that may never end: ${pattern}`, () => {
      expect(faultsOf(withField({ pattern })).join()).to.match(/^\/fields\/0\/pattern /);
    });

  it('tries no expression on a value that is longer than it is made for', () => {
    const sound = checkDefinition(withField({ pattern: 'a*b*', maxLength: 400 }), isShared);
    const profile = makeProfile(sound, { version: '1', origin: 'own' }, {});
    expect(profile.metadataFaults({ x: 'a'.repeat(1_000_000) })).to.deep.equal([
      { pointer: '/x', detail: 'is longer than 400 characters' },
    ]);
    expect(faultsOf(withField({ pattern: 'a*', maxLength: 5000 }))).to.have.length(1);
  });

  it('gives form, schema and validation', () => {
    const profile = makeProfile(
      checkDefinition(
        {
          ...definition,
          fields: [
            { name: 'title', required: true },
            { name: 'pib', title: name('ПИБ'), kind: 'text', check: 'pib', required: true },
            { name: 'iznos', title: name('Износ'), kind: 'amount' },
            { name: 'listova', title: name('Листова'), kind: 'number' },
            { name: 'vrsta', title: name('Врста'), kind: 'choice', choices: [{ value: 'a', title: name('први') }] },
            { name: 'oznaka', title: name('Ознака'), kind: 'text', pattern: '[0-9]{2}' },
          ],
        },
        isShared,
      ),
      { version: '1', origin: 'own' },
      { title: { type: 'string', minLength: 1, maxLength: 500 } },
    );
    expect(profile.title).to.deep.equal({ 'sr-Cyrl': 'Дозвола Љ', 'sr-Latn': 'Dozvola Lj', en: 'Дозвола Љ' });
    expect(profile.fields.map(({ kind }) => kind)).to.deep.equal([
      'text',
      'text',
      'amount',
      'number',
      'choice',
      'text',
    ]);
    expect(
      profile.metadataFaults({ title: 'a', pib: '100002803', iznos: '12.50', listova: 3, vrsta: 'a' }),
    ).to.deep.equal([]);
    const faults = profile.metadataFaults({
      pib: '106006801',
      iznos: '1,5',
      listova: 'x',
      vrsta: 'b',
      oznaka: '123',
      z: 1,
    });
    expect(faults.map(({ pointer }) => pointer)).to.have.members([
      '/title',
      '/pib',
      '/iznos',
      '/listova',
      '/vrsta',
      '/oznaka',
      '/z',
    ]);
    expect(faults.find(({ pointer }) => pointer === '/pib')?.detail).to.equal('has a wrong check digit');
  });

  it('ships sound profiles for what offices keep, each with the fields of UTT 5 point 6', async () => {
    const { offered, all } = await readProfiles('profiles');
    expect(offered.map(({ id }) => id)).to.have.members([
      'general',
      'incoming-correspondence',
      'outgoing-correspondence',
      'decision',
      'contract',
      'invoice',
      'tender-file',
      'personnel-file',
      'minutes',
      'building-permit',
      'e-mail',
      'digitised-paper',
    ]);
    for (const profile of all) {
      const statutory = Object.values(profile.metadataSchema.properties as Record<string, { utt?: number }>)
        .map(({ utt }) => utt)
        .filter((utt) => utt !== undefined);
      expect(statutory, profile.id).to.have.members([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 15]);
      for (const { title } of profile.fields)
        for (const text of Object.values(title)) expect(text, `${profile.id}`).to.not.equal('');
      expect(profile.metadataFaults({}), profile.id).to.be.an('array'); // the schema compiles
    }
  });
});
