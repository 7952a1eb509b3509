export {
  type BoundPart,
  type Coverage,
  type DataObject,
  type EvidenceExamination,
  type EvidenceRecordSource,
  type ExaminedTimestamp,
  examineEvidenceRecord,
} from './examine-record.ts';
