import { type Category, permanent } from '../../data-management/index.ts';

const rows: readonly (readonly [name: string, period: string, basis: string])[] = [
  ['Оснивачка акта и акта о статусу', permanent, ''],
  ['Општа акта и њихове измене', permanent, ''],
  ['Исплатне листе и евиденције зарада', permanent, 'Закон о рачуноводству'],
  ['Решења и досијеи запослених', permanent, ''],
  ['Годишњи финансијски извештаји', '20', 'Закон о рачуноводству'],
  ['Дневник и главна књига', '10', 'Закон о рачуноводству'],
  ['Рачуноводствене исправе', '5', 'Закон о рачуноводству'],
  ['Документација о ПДВ', '10', 'Закон о порезу на додату вредност'],
  ['Електронске фактуре приватног сектора', '10', 'Закон о електронском фактурисању'],
  ['Електронске фактуре јавног сектора', permanent, 'Закон о електронском фактурисању'],
];

/**
 * What a list of categories may begin with (LK-07): periods that laws name. It is a draft: the creator checks each row against
 * the texts in force and its own work, and a public creator's list needs the archive's consent.
 */
export const seedCategories: readonly Category[] = rows.map(([name, period, legalBasis], index) => ({
  number: index + 1,
  mark: `${period === permanent ? 'I' : 'II'}-${index + 1}`,
  name,
  period,
  startEvent: 'created',
  ...(legalBasis ? { legalBasis } : {}),
}));
