import type { Message } from './message.ts';

/** Facets and saved searches. */
export const findPageMessages = {
  'find.active': { sr: 'Услови претраге', en: 'Conditions of the search' },
  'find.remove': { sr: 'Уклони услов: {what}', en: 'Remove the condition: {what}' },
  'find.narrow': { sr: 'Сузи избор', en: 'Narrow the choice' },
  'find.exactly': { sr: 'Нађено: {n}', en: 'Found: {n}' },
  'find.atLeast': { sr: 'Нађено: више од {n}', en: 'Found: more than {n}' },
  'find.countedNewest': {
    sr: 'Бројеви су рачунати на {n} најновијих; „+“ значи да их има још.',
    en: 'The numbers count the newest {n}; “+” means that there are more.',
  },
  'facet.state': { sr: 'Стање', en: 'State' },
  'facet.profile': { sr: 'Врста', en: 'Kind' },
  'facet.category': { sr: 'Категорија', en: 'Category' },
  'facet.year': { sr: 'Година', en: 'Year' },
  'facet.by': { sr: 'Потписник', en: 'Signer' },
  'facet.verdict': { sr: 'Налаз о потпису', en: 'Verdict on signatures' },
  'saved.title': { sr: 'Сачуване претраге', en: 'Saved searches' },
  'saved.name': { sr: 'Назив претраге', en: 'Name of the search' },
  'saved.save': { sr: 'Сачувај ову претрагу', en: 'Save this search' },
  'saved.remove': { sr: 'Обриши', en: 'Remove' },
  'saved.removeOne': { sr: 'Обриши претрагу {name}', en: 'Remove the search {name}' },
} as const satisfies Record<string, Message>;
