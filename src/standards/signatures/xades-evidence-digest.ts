import type { DigestAlgorithm } from '../../base/index.ts';
import { readTree } from '../formats/xmldsig/index.ts';
import { digestToSeal } from './containers/xades-evidence.ts';
import { contentFinder, readXmlSignatures } from './containers/xml-document.ts';
import type { DetachedContent } from './signed-content.ts';

/** Which signature a record is to seal. */
export interface SignatureToSeal {
  /** What the signature is over outside of the document. */
  readonly contents?: readonly DetachedContent[];
  /** Among all signatures of the document, in its order. */
  readonly position?: number;
}

/**
 * The digest that an evidence record has to be over to seal a XAdES signature: of the group of data objects that
 * TS 119 132-3 5.2.2 names, with all unsigned properties that the signature has by now.
 * @returns undefined where something that is signed is not at hand
 * @throws FormatError for what is no XML; RangeError when there is no such signature with qualifying properties
 */
export async function digestForXadesEvidence(
  document: Uint8Array,
  algorithm: DigestAlgorithm,
  { contents = [], position = 0 }: SignatureToSeal = {},
): Promise<Uint8Array | undefined> {
  const name = algorithm.toUpperCase() as Uppercase<DigestAlgorithm>;
  const digests = new Map<number, Uint8Array | undefined>();
  await readXmlSignatures(readTree(document), {
    find: contentFinder(contents),
    others: [],
    onSealed: async (sealed, at) => {
      if (at === position) digests.set(at, await digestToSeal(sealed, name));
    },
  });
  if (!digests.has(position)) throw new RangeError(`the document has no XAdES signature ${position}`);
  return digests.get(position);
}
