import { ruleKinds } from '../../data-management/index.ts';

const text = { type: 'string', minLength: 1, maxLength: 500 };
const day = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' };

/** What is entered of a creator: UTT 5 point 5 (registration number, name, seat, unit, authorised person) and ZAG 9. */
export const creatorSchema = {
  type: 'object',
  properties: {
    name: text,
    kind: { enum: ['legal-person', 'entrepreneur', 'natural-person'] },
    regime: {
      enum: ['public', 'private'],
      description: 'public: the competent archive approves every destruction in writing (ZAG 16)',
    },
    registrationNumber: { type: 'string', pattern: '^\\d{8}$', description: 'Matični broj' },
    personalNumber: { type: 'string', pattern: '^\\d{13}$', description: 'JMBG of a natural person' },
    taxNumber: { type: 'string', pattern: '^\\d{9}$', description: 'PIB' },
    publicFundsNumber: { type: 'string', pattern: '^\\d{5}$', description: 'JBKJS' },
    seat: text,
    units: {
      type: 'array',
      maxItems: 2000,
      items: {
        type: 'object',
        properties: { mark: text, name: text },
        required: ['name'],
        additionalProperties: false,
      },
    },
    authorisedPersons: {
      type: 'array',
      minItems: 1,
      maxItems: 100,
      items: {
        type: 'object',
        properties: { name: text, capacity: text },
        required: ['name'],
        additionalProperties: false,
      },
    },
    responsiblePerson: {
      type: 'object',
      properties: { name: text, decisionNumber: text, decisionDate: day },
      required: ['name', 'decisionNumber', 'decisionDate'],
      additionalProperties: false,
    },
    competentArchive: text,
    email: text,
    rules: {
      type: 'array',
      maxItems: 100,
      description: 'General acts and internal rules on file; `preservation` opens the gate to permanent records',
      items: {
        type: 'object',
        properties: { kind: { enum: [...ruleKinds] }, title: text, number: text, date: day },
        required: ['kind', 'title', 'number', 'date'],
        additionalProperties: false,
      },
    },
    approvalByOwnRules: { type: 'boolean' },
  },
  required: ['name', 'kind', 'regime', 'seat', 'authorisedPersons', 'competentArchive'],
  additionalProperties: false,
} as const;
