import type {
  DublinCoreElement,
  DublinCoreStatement,
  JsonValue,
  MappedStatement,
  ProducerDescription,
} from '../../../standards/packages/index.ts';
import type { Profile } from '../../profiles/index.ts';
import type { Submission } from '../submission.ts';

/** What a submission says once the producer's package has said its part. */
export interface MappedDescription extends Pick<Submission, 'title' | 'untitled' | 'language' | 'metadata'> {
  readonly descriptive: readonly DublinCoreStatement[];
  readonly mapped: readonly MappedStatement[];
}

/** Fields of `profiles/fields.json` that say the same as an element. */
const fieldOfElement: Partial<Record<DublinCoreElement, string>> = {
  date: 'datumNastanka',
  description: 'opis',
  type: 'vrstaDokumenta',
  identifier: 'jedinstvenaOznaka',
};

const longestTitle = 500;
const languageTag = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,8}$/;

/**
 * Maps the producer's statements: the first title and language to the record's, the first of an element to the field of
 * the profile that says the same, everything else to Dublin Core. What a person said outranks all of it, and a value
 * that the profile would not take for a field is no fault: it stays in Dublin Core.
 */
export function mapStatements(
  submission: Pick<Submission, 'title' | 'untitled' | 'language' | 'metadata'>,
  profile: Pick<Profile, 'fields' | 'metadataFaults'>,
  { statements, identifiers }: ProducerDescription,
): MappedDescription {
  const mapped: MappedStatement[] = [];
  const fields: Record<string, JsonValue> = { ...submission.metadata };
  const descriptive: DublinCoreStatement[] = [];
  let title = submission.untitled ? undefined : submission.title;
  let language = submission.language;
  for (const { element, value, from, isOfPackage, language: valueLanguage } of statements) {
    const field = isOfPackage ? undefined : fieldOfElement[element];
    let to = `dc:${element}`;
    if (element === 'title' && title === undefined && value.length <= longestTitle) {
      title = value;
      to = 'title';
    } else if (element === 'language' && language === undefined && languageTag.test(value)) {
      language = value;
      to = 'language';
    } else if (field !== undefined && !Object.hasOwn(fields, field) && takes(profile, field, value)) {
      fields[field] = value;
      to = field;
    }
    if (to === `dc:${element}` || element === 'identifier')
      descriptive.push({ element, value, ...(valueLanguage ? { language: valueLanguage } : {}) });
    mapped.push({ from, to, value });
  }
  return {
    title: title ?? submission.title,
    ...(title === undefined ? { untitled: true } : {}),
    ...(language ? { language } : {}),
    metadata: fields,
    descriptive,
    mapped: [...mapped, ...identifiers.map(({ type, value }) => ({ from: type, to: 'identifier', value }))],
  };
}

/** Whether the profile has this field and takes the value for it. */
function takes(profile: Pick<Profile, 'fields' | 'metadataFaults'>, field: string, value: string): boolean {
  if (!profile.fields.some(({ name }) => name === field)) return false;
  return !profile.metadataFaults({ [field]: value }).some(({ pointer }) => pointer === `/${field}`);
}
