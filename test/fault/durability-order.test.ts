import { expect } from 'chai';
import type { LocationDriver } from '../../src/archive/archival-storage/index.ts';
import { keep, testArchive } from '../support/archive.ts';

/** A power cut loses what was not synced: so the order of calls is itself a promise, the same in every location. */
describe('what a power cut could lose', () => {
  const calls: string[] = [];
  const watched = (driver: LocationDriver): LocationDriver => {
    const note =
      <Arguments extends unknown[], Result>(name: string, call: (...args: Arguments) => Promise<Result>) =>
      async (...args: Arguments): Promise<Result> => {
        const result = await call(...args);
        calls.push(`${driver.description.name} ${name}`);
        return result;
      };
    return {
      ...driver,
      writeStaged: note('stage', driver.writeStaged),
      sync: note('sync', driver.sync),
      writeVersion: note('write', driver.writeVersion),
      placeVersion: note('place', driver.placeVersion),
      appendJournal: note('journal', driver.appendJournal),
      dropStaged: note('drop', driver.dropStaged),
    };
  };
  /** In the test both locations lie on one medium, so that one sync covers both. */
  const order = (steps: readonly string[]) =>
    calls.filter((call) => steps.includes(call.split(' ')[1] ?? '')).map((call) => call.split(' ')[1]);

  before(async () => {
    const archive = await testArchive().open(watched);
    await archive.context.representationInformation(); // kept once, before the first record
    calls.length = 0;
    await keep(archive, { 'a.txt': 'a' });
  });

  it('is no submission with a receipt of intake: staged, synced, and only then in the journal', () => {
    const intake = order(['stage', 'sync', 'journal']).slice(0, 5);
    expect(intake).to.deep.equal(['stage', 'stage', 'sync', 'journal', 'journal']);
  });

  it('is no record with a receipt of archiving: written, synced, read back, placed, synced, and only then in the journal', () => {
    const afterIntake = calls.slice(calls.findLastIndex((call) => call.endsWith(' write')) - 1);
    expect(afterIntake.map((call) => call.split(' ')[1])).to.deep.equal([
      'write',
      'write',
      'sync',
      'place',
      'place',
      'sync',
      'journal',
      'journal',
      'drop',
      'drop',
    ]);
  });
});
