import { emptyFolder } from '../support/folders.ts';
import { describeOnEach } from '../support/postgres.ts';
import { type KillMoment, killAndRestart } from './kill-and-restart.ts';

/** Deterministic pseudo-random numbers, so that a failing moment can be tried again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const kills = Number(process.env.KILLS ?? 6);

/** In a long run every call of a storage driver that the first records make is a moment, before and after it. */
const boundaries = kills >= 200 ? kills / 2 : 0;

function boundary(kill: number): KillMoment {
  return { call: 1 + (kill >> 1), when: kill % 2 ? 'after' : 'before' };
}

function anyMoment(kill: number, random: () => number): KillMoment {
  if (kill % 3 === 2) return { milliseconds: Math.floor(random() * 900) };
  const call = 1 + Math.floor(random() * (kill % 10 === 0 ? 60 : 400));
  return { call, when: kill % 2 ? 'before' : 'after' };
}

describeOnEach(`an archive whose process is killed ${kills} times`, function (dialect) {
  this.timeout(kills * 30_000);

  it('holds every receipt it gave, whole in both locations, and shows nothing else', async () => {
    const random = seeded(20_261_124);
    let folder = emptyFolder();
    let promised = new Map<string, string>();
    let environment: NodeJS.ProcessEnv = {};
    for (let kill = 0; kill < kills; kill++) {
      if (kill % 10 === 0) [folder, promised, environment] = [emptyFolder(), new Map(), await dialect.environment()];
      const moment = kill < boundaries ? boundary(kill) : anyMoment(kill, random);
      await killAndRestart({ ...environment, TRAJNO_DATA: folder, TRAJNO_ONLINE: 'no' }, moment, 50, promised);
    }
  });
});
