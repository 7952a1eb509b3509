import type { StartEvent } from '../../archive/data-management/index.ts';
import type { Message } from './message.ts';

/** From what day a period runs. */
export const startEventMessages = {
  created: { sr: 'настанак документа', en: 'the making of the document' },
  archived: { sr: 'архивирање', en: 'archiving' },
  'case-closed': { sr: 'завршетак предмета', en: 'the end of the case' },
  'contract-expired': { sr: 'истек уговора', en: 'the end of the contract' },
  'validity-ended': { sr: 'престанак важења', en: 'the end of validity' },
  'procedure-ended': { sr: 'окончање поступка', en: 'the end of the procedure' },
  'employment-ended': { sr: 'престанак радног односа', en: 'the end of employment' },
  manual: { sr: 'догађај који уписује овлашћено лице', en: 'an event that an authorised person enters' },
} as const satisfies Record<StartEvent, Message>;

/** Why a record is kept for how long: one sentence for each case, and what comes behind it. */
export const retentionMessages = {
  permanent: {
    sr: 'Чува се трајно, по категорији {mark} „{name}“ ({list}). Никада се не уништава; предаје се јавном архиву.',
    en: 'Kept permanently, by category {mark} “{name}” ({list}). It is never destroyed; it is handed over to a public archive.',
  },
  operational: {
    sr: 'Чува се трајно оперативно, по категорији {mark} „{name}“ ({list}). Рок не истиче сам од себе.',
    en: 'Kept for as long as it is needed, by category {mark} “{name}” ({list}). The period does not end by itself.',
  },
  waiting: {
    sr: 'Чува се {years} год. по категорији {mark} „{name}“ ({list}). Рок тече од догађаја „{event}“, који још није уписан.',
    en: 'Kept for {years} years by category {mark} “{name}” ({list}). The period runs from {event}, which has not been entered yet.',
  },
  yearEnd: {
    sr: 'Чува се {years} год. по категорији {mark} „{name}“ ({list}). Рок тече од краја године догађаја „{event}“ ({started}) и истиче {expires}',
    en: 'Kept for {years} years by category {mark} “{name}” ({list}). The period runs from the end of the year of {event} ({started}) and ends on {expires}',
  },
  exact: {
    sr: 'Чува се {years} год. по категорији {mark} „{name}“ ({list}). Рок тече од дана догађаја „{event}“ ({started}) и истиче {expires}',
    en: 'Kept for {years} years by category {mark} “{name}” ({list}). The period runs from the day of {event} ({started}) and ends on {expires}',
  },
  unlisted: {
    sr: 'Категорија није са листе, па се рок не може израчунати док се документ не сврста.',
    en: 'The category is not of a list, so no period can be computed until the record is classified.',
  },
  extended: { sr: 'Преиспитивањем је продужен до {until}', en: 'A review extended it to {until}' },
  held: {
    sr: 'Под забраном је уништавања, па се не уништава ни када рок истекне.',
    en: 'It is under a legal hold and is not destroyed even when the period has ended.',
  },
  list: { sr: 'верзија листе {version}, сагласност {consent}', en: 'version {version} of the list, consent {consent}' },
  listAlone: { sr: 'верзија листе {version}', en: 'version {version} of the list' },
} as const satisfies Record<string, Message>;
