import { readSetting, writeSetting } from '../../archive/data-management/index.ts';
import type { IngestContext } from '../../archive/ingest/index.ts';
import { journal } from '../../archive/packaging/index.ts';
import { utcSeconds } from '../../base/index.ts';

const seenSetting = 'clock-last-seen';
const toldSetting = 'clock-jump-told';
/** Time servers move clocks by less. */
const toleratedSeconds = 60;

/**
 * Watches the machine's clock: after a jump backwards nothing is scheduled until the time that was seen is reached again,
 * since retention, renewals and evidence would be reckoned wrongly. The jump is told once.
 * @returns whether schedules may run
 */
export async function isClockSound(context: IngestContext): Promise<boolean> {
  const { catalog, clock, institution } = context;
  const now = clock();
  const seen = await readSetting(catalog, seenSetting);
  const behind = seen ? (Date.parse(seen) - now.getTime()) / 1000 : 0;
  if (behind <= toleratedSeconds) {
    if (behind < 0 || !seen) await writeSetting(catalog, seenSetting, utcSeconds(now));
    return true;
  }
  if ((await readSetting(catalog, toldSetting)) !== seen) {
    await journal(context, {
      time: utcSeconds(now),
      institution: institution.id,
      type: 'clock.jumped',
      actor: 'archive',
      detail: { seconds: -Math.round(behind), seen },
    });
    await writeSetting(catalog, toldSetting, seen ?? '');
  }
  return false;
}
