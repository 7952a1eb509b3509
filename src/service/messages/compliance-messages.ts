import type { Message } from './message.ts';

/** Where the institution stands. */
export const complianceMessages = {
  'office.compliance': { sr: 'Усклађеност', en: 'Compliance' },
  'compliance.lead': {
    sr: 'Израчунато из онога што је сада у архиву.',
    en: 'Computed from what is in the archive now.',
  },
  'compliance.notQualified': {
    sr: 'Ово није квалификована услуга чувања и не замењује акте које доноси установа.',
    en: 'This is no qualified preservation service, and replaces no act of the institution.',
  },
  'compliance.what': { sr: 'Шта', en: 'What' },
  'compliance.value': { sr: 'Податак', en: 'Detail' },
  'compliance.by': { sr: 'Захтев', en: 'Requirement' },
  'compliance.levels': { sr: 'Нивои дигиталног чувања (NDSA)', en: 'NDSA levels of digital preservation' },
  'compliance.levelsHint': {
    sr: 'Где пише „одлука установе“, програм не може да зна: место локација, ко држи кључеве, шта људи прегледају.',
    en: 'Where it says “own act” the program cannot know: where locations stand, who holds keys, what people look at.',
  },
  'compliance.area': { sr: 'Област', en: 'Area' },
  'compliance.level': { sr: 'Ниво {n}', en: 'Level {n}' },
  'area.storage': { sr: 'Складиштење', en: 'Storage' },
  'area.integrity': { sr: 'Интегритет', en: 'Integrity' },
  'area.control': { sr: 'Контрола', en: 'Control' },
  'area.metadata': { sr: 'Метаподаци', en: 'Metadata' },
  'area.content': { sr: 'Садржај', en: 'Content' },
  'compliance.indicators': {
    sr: 'Показатељи за Индекс локалне е-управе',
    en: 'Indicators for the Local eGovernment Index',
  },
  'compliance.indicatorsHint': {
    sr: 'Време до оверене копије рачуна се за копије којима је уписан дан захтева.',
    en: 'The time to a certified copy is counted for copies whose day of request is entered.',
  },
  'compliance.share': { sr: 'Удео', en: 'Share' },
  'compliance.counted': { sr: 'Број', en: 'Count' },
  'compliance.of': { sr: 'Од укупно', en: 'Of' },
  'indicator.bornDigital': {
    sr: 'Изворно електронски, од оних којима је облик уписан',
    en: 'Born digital, of those whose form is entered',
  },
  'indicator.qualifiedSigned': {
    sr: 'Са квалификованим потписом или печатом',
    en: 'With a qualified signature or seal',
  },
  'indicator.electronicCopies': {
    sr: 'Оверене копије издате електронски',
    en: 'Certified copies delivered electronically',
  },
  'indicator.daysToCopy': {
    sr: 'Дана од захтева до оверене копије (медијана)',
    en: 'Days from a request to the certified copy (median)',
  },
  'indicator.registersUpToDate': { sr: 'Евиденције потпуне и ажурне', en: 'Registers complete and up to date' },
  'factstate.met': { sr: 'испуњено', en: 'met' },
  'factstate.not-met': { sr: 'није испуњено', en: 'not met' },
  'factstate.own-act': { sr: 'одлука установе', en: 'own act' },
  'fact.categoryList': { sr: 'Листа категорија је на снази', en: 'A list of categories is in force' },
  'fact.archiveConsent': { sr: 'Архив је сагласан са листом', en: 'The archive has consented to the list' },
  'fact.rules': { sr: 'Општа акта и интерна правила су уписана', en: 'General acts and internal rules are on file' },
  'fact.responsiblePerson': { sr: 'Одговорно стручно лице је одређено', en: 'A responsible expert is named' },
  'fact.transcript': {
    sr: 'Препис архивске књиге није закаснио',
    en: 'The transcript of the archive book is not late',
  },
  'fact.bookUpToDate': { sr: 'Архивска књига је ажурна', en: 'The archive book is up to date' },
  'fact.registersClosed': { sr: 'Деловодник за прошлу годину је закључен', en: 'Last year’s register is closed' },
  'fact.holdsLookedAt': { sr: 'Све забране су преиспитане на време', en: 'Every hold was looked at in time' },
  'fact.independentCopies': { sr: 'Бар две независне копије', en: 'Two independent copies at least' },
  'fact.auditCoverage': {
    sr: 'Све копије су целе и прочитане у последња четири месеца',
    en: 'All copies are whole, and were read within four months',
  },
  'fact.audit': { sr: 'Потпуна провера у последњих годину дана', en: 'A full audit within a year' },
  'fact.evidence': { sr: 'Докази о постојању не касне', en: 'Proofs of existence are not late' },
  'fact.drill': { sr: 'Успешна вежба повраћаја у последњих годину дана', en: 'A drill that passed within a year' },
  'fact.locationOwners': {
    sr: 'Локације су код оних код којих смеју бити',
    en: 'Locations are with those who may keep them',
  },
  'fact.seal': { sr: 'Печат архива није пробни', en: 'The archive’s seal is no test seal' },
  'fact.riskAssessment': { sr: 'Процена ризика', en: 'Risk assessment' },
} as const satisfies Record<string, Message>;
