import {
  changeSetting,
  countByState,
  countEntriesSince,
  entriesAfter,
  readHead,
  readSetting,
  writeSetting,
} from '../../../archive/data-management/index.ts';
import type { IngestContext } from '../../../archive/ingest/index.ts';
import { utcSeconds } from '../../../base/index.ts';
import { alarmingTypes, alarmsIn } from './alarms.ts';
import { alertMessage, dailyMessage } from './alert-message.ts';
import type { AlertChannel } from './channels.ts';

type AlertContext = Pick<IngestContext, 'catalog' | 'clock' | 'institution'>;

const mostEntries = 10_000;
const day = 86_400_000;

/**
 * Tells each channel in one message what should be heard of since the last one that it took, and once a day the journal's
 * head and what was done. A channel that does not take a message is given it again at the next turn.
 * @param onFailure is told which channel failed
 * @returns how many messages were taken
 */
export async function sendAlerts(
  context: AlertContext,
  channels: readonly AlertChannel[],
  onFailure: (channel: string, error: unknown) => void,
): Promise<number> {
  let sent = 0;
  for (const channel of channels) {
    try {
      if (await sendAlarms(context, channel)) sent += 1;
      if (channel.name === 'mail' && (await sendDaily(context, channel))) sent += 1;
    } catch (error) {
      onFailure(channel.name, error);
    }
  }
  return sent;
}

async function sendAlarms({ catalog, institution }: AlertContext, channel: AlertChannel): Promise<boolean> {
  const setting = `alerts ${channel.name}`;
  const head = await readHead(catalog);
  const known = await readSetting(catalog, setting);
  if (known === undefined) {
    await writeSetting(catalog, setting, String(head.sequence)); // what happened before anyone listened is old news
    return false;
  }
  if (Number(known) >= head.sequence) return false;
  const entries = await entriesAfter(catalog, Number(known), alarmingTypes, mostEntries);
  const alarms = alarmsIn(entries);
  const last = (entries.length === mostEntries ? entries.at(-1)?.sequence : undefined) ?? head.sequence;
  const tell = async () => {
    if (alarms.length > 0) await channel.send(alertMessage(institution.name, alarms));
  };
  return (await once(catalog, setting, known, String(last), tell)) && alarms.length > 0;
}

/** Of several workers one does it; when it fails, the next turn tries again. */
async function once(
  catalog: AlertContext['catalog'],
  setting: string,
  from: string,
  to: string,
  work: () => Promise<void>,
): Promise<boolean> {
  if (!(await changeSetting(catalog, setting, from, to))) return false;
  try {
    await work();
    return true;
  } catch (error) {
    await changeSetting(catalog, setting, to, from);
    throw error;
  }
}

async function sendDaily({ catalog, clock, institution }: AlertContext, channel: AlertChannel): Promise<boolean> {
  const setting = `daily ${channel.name}`;
  const now = clock();
  const today = utcSeconds(now).slice(0, 10);
  const last = await readSetting(catalog, setting);
  if (last === today) return false;
  if (last === undefined) await writeSetting(catalog, setting, '');
  return once(catalog, setting, last ?? '', today, async () => {
    const counts = {
      ...(await countByState(catalog, institution.id)),
      ...(await countEntriesSince(catalog, utcSeconds(new Date(now.getTime() - day)))),
    };
    await channel.send(dailyMessage(institution.name, await readHead(catalog), counts));
  });
}
