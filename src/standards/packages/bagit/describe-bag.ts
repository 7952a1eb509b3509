import { type ProducerDescription, type ProducerStatement, soundStatements } from '../producer-statements.ts';
import type { DublinCoreElement } from '../record-description.ts';
import type { BagTag } from './bag-metadata.ts';

/**
 * Labels that have a place in Dublin Core: those of RFC 8493 2.2.2, then those that bags commonly have besides. A bag has
 * no title of its own; a short description stands for one.
 */
const elements: Readonly<Record<string, DublinCoreElement>> = {
  'source-organization': 'contributor',
  'external-description': 'description',
  'internal-sender-description': 'description',
  'external-identifier': 'identifier',
  'internal-sender-identifier': 'identifier',
  'bag-group-identifier': 'relation',
  'contact-name': 'contributor',
  'bagging-date': 'date',
  title: 'title',
  creator: 'creator',
  author: 'creator',
  subject: 'subject',
  description: 'description',
  publisher: 'publisher',
  contributor: 'contributor',
  date: 'date',
  type: 'type',
  identifier: 'identifier',
  source: 'source',
  language: 'language',
  relation: 'relation',
  coverage: 'coverage',
  rights: 'rights',
};

const identifying = ['external-identifier', 'internal-sender-identifier'];
const longestTitle = 200;

/** What `bag-info.txt` says of the content. */
export function describeBag(tags: readonly BagTag[], metadataName: string): ProducerDescription {
  const plain = tags.map(({ label, value }) => ({
    label: label.toLowerCase().replace(/^(dc|dcterms)[-_:.]/, ''),
    from: `${metadataName}#${label}`,
    value,
  }));
  const statements = plain.flatMap(({ label, from, value }): ProducerStatement[] => {
    const element = Object.hasOwn(elements, label) ? elements[label] : undefined;
    return element ? [{ element, value, from, ...(label === 'bagging-date' ? { isOfPackage: true } : {}) }] : [];
  });
  const [description] = statements.filter(
    ({ element, value }) => element === 'description' && value.length <= longestTitle,
  );
  const titled = statements.some(({ element }) => element === 'title');
  return {
    statements: soundStatements([
      ...(description && !titled ? [{ ...description, element: 'title' as const }] : []),
      ...statements,
    ]),
    identifiers: plain
      .filter(({ label, value }) => identifying.includes(label) && value !== '')
      .map(({ from, value }) => ({ type: from.slice(from.indexOf('#') + 1), value })),
  };
}
