import { type ActContext, adoptList, enterCreator } from '../../src/archive/administration/index.ts';
import type { Category, CategoryList, Creator } from '../../src/archive/data-management/index.ts';
import type { Clock } from '../../src/base/index.ts';

/** A clock that a test sets. */
export interface SetClock extends Clock {
  set(moment: string): void;
}

/** A clock that goes on by a second each time it is asked, from where it was set. */
export function setClock(start: string): SetClock {
  let now = Date.parse(start);
  const clock = () => {
    now += 1000;
    return new Date(now);
  };
  return Object.assign(clock, {
    set: (moment: string) => {
      now = Date.parse(moment);
    },
  });
}

/** What is entered of a municipality. */
export const municipality = {
  name: 'Општинска управа Пример',
  kind: 'legal-person',
  regime: 'public',
  registrationNumber: '07461429',
  taxNumber: '100002803',
  publicFundsNumber: '12345',
  seat: 'Трг слободе 1, Пример',
  units: [{ mark: '02', name: 'Писарница' }],
  authorisedPersons: [{ name: 'Петар Петровић', capacity: 'начелник' }],
  responsiblePerson: { name: 'Ана Анић', decisionNumber: '02-1/2026', decisionDate: '2026-01-05' },
  competentArchive: 'Историјски архив Пример',
  rules: [{ kind: 'preservation', title: 'Интерна правила', number: '110-1/2026', date: '2026-01-10' }],
} as const;

/** A company, which needs nobody's approval. */
export const company = {
  name: 'Пример д.о.о.',
  kind: 'legal-person',
  regime: 'private',
  registrationNumber: '20053658',
  taxNumber: '103920327',
  seat: 'Нови Сад',
  authorisedPersons: [{ name: 'Јован Јовић' }],
  competentArchive: 'Архив Војводине',
} as const;

/** Categories as a list has them: mark → period, with the event where it is not the making. */
export function categories(periods: Readonly<Record<string, string>>): Category[] {
  return Object.entries(periods).map(([mark, said], index) => {
    const [period = '', startEvent = 'created'] = said.split(' from ');
    return {
      number: index + 1,
      mark,
      name: `Категорија ${mark}`,
      period,
      startEvent: startEvent as Category['startEvent'],
    };
  });
}

/** A creator with a list of categories in force. */
export async function office(
  context: ActContext,
  facts: object = municipality,
  periods: Readonly<Record<string, string>> = {
    'I-1': 'trajno',
    'II-3': '2',
    'III-5': '5 from case-closed',
    'IV-1': 'trajno operativno',
  },
): Promise<{ creator: Creator; list: CategoryList }> {
  const { creator } = await enterCreator(context, { facts, actor: 'officer' });
  const list = await adoptList(context, {
    creator: creator.id,
    adoptedOn: '2026-01-15',
    consent: { number: 'IA-33/2026', date: '2026-01-20' },
    categories: categories(periods),
    actor: 'officer',
  });
  return { creator, list };
}
