export { type AccessLine, accessLog } from './access-log.ts';
export { admitToRecord, giveReason } from './admit-to-record.ts';
export { answerErasure, type ErasureRequest } from './answer-erasure.ts';
export { type AccessRuling, ruleAccess } from './rule-access.ts';
