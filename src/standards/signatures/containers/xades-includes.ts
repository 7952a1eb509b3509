import { attributeOf, isWithin, type ReferenceContext, type TreeElement } from '../../formats/xmldsig/index.ts';
import type { CheckedReference, OutsideFile } from './xml-references.ts';

/** An element that a time-stamp is over, or a reference with what it leads to. */
export type StampedPart = TreeElement | CheckedReference;

interface IncludingSignature {
  readonly references: readonly CheckedReference[];
  readonly context: ReferenceContext<OutsideFile>;
}

const mostIncludes = 500;

/**
 * What the Include elements of a time-stamp name, in their order (EN 319 132-1 5.1.4.4.2.2, explicit mechanism): elements of
 * the document and, where `referencedData` says so, what a reference leads to.
 * @param parts what a time-stamp of this kind is over
 * @returns undefined where an Include names nothing of its own, or some of the parts is not among what they name: such a
 * time-stamp is not over what its kind says
 */
export function includedParts(
  includes: readonly TreeElement[],
  parts: readonly StampedPart[],
  source: IncludingSignature,
): readonly StampedPart[] | undefined {
  if (includes.length > mostIncludes) return undefined;
  const included = includes.flatMap((include) => includedPart(include, source) ?? []);
  if (included.length < includes.length) return undefined;
  return parts.every((part) => included.some((one) => holds(one, part))) ? included : undefined;
}

function includedPart(include: TreeElement, { context, references }: IncludingSignature): StampedPart | undefined {
  const uri = attributeOf(include, 'URI') ?? '';
  const [element, another] = uri.startsWith('#') ? (context.document.byId.get(uri.slice(1)) ?? []) : [];
  if (!element || another) return undefined;
  if (!['true', '1'].includes(attributeOf(include, 'referencedData') ?? '')) return element;
  return references.find(({ reference }) => reference.element === element);
}

/** Whether what is included holds a part: the same, or, for an element, one that it stands in. */
function holds(included: StampedPart, part: StampedPart): boolean {
  if (included === part) return true;
  return 'kind' in included && 'kind' in part && isWithin(part, included);
}
