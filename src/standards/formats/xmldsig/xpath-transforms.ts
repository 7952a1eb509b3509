import type { NodeSelection } from './canonicalize.ts';
import { evaluate, type Located, truthOf, type XPathContext } from './evaluate-xpath.ts';
import { attributeOf, childElements, type TreeElement, type TreeNode, textWithin } from './xml-tree.ts';
import { beyond, type Expression, readExpression } from './xpath-expression.ts';

const signatureNamespace = 'http://www.w3.org/2000/09/xmldsig#';
const filterNamespace = 'http://www.w3.org/2002/06/xmldsig-filter2';
const mostVisits = 1_000_000;
/** What a visit costs of the document's budget, in octets. */
const visitCost = 40;
const mostFilters = 10;

/**
 * The XPath transform (XMLDSig 1.1 6.6.3): a node stays for which the expression is true. Only expressions that give an
 * attribute or namespace the answer of its element are followed, since these go with it here.
 * @throws FormatError for expressions that are not followed
 */
export function selectByXPath(
  selection: NodeSelection,
  transform: TreeElement,
  budget: { left: number },
): NodeSelection {
  const [bearer, another] = childElements(transform, 'XPath', signatureNamespace);
  if (!bearer || another) throw beyond('not one XPath element');
  const expression = readExpression(textWithin(bearer));
  if (!goesWithElement(expression)) throw beyond('it can tell attributes from their elements');
  const context = contextOf(selection, bearer);
  const { includes } = selection;
  const kept = new Set<TreeNode>();
  const walk = (node: TreeNode, parent: TreeElement | undefined): void => {
    if (truthOf(evaluate(expression, context, { node, parent }))) kept.add(node);
    if (node.kind === 'element') for (const child of node.children) walk(child, node);
  };
  const { apex } = selection;
  charged(budget, context, () => {
    if (apex.kind === 'element') walk(apex, apex.parent);
    else for (const child of apex.children) walk(child, undefined);
  });
  return { ...selection, includes: (node, parent) => (!includes || includes(node, parent)) && kept.has(node) };
}

/** Visits count against the budget of the document too, so that many expressions cost no more than a few. */
function charged<Result>(budget: { left: number }, context: XPathContext, work: () => Result): Result {
  if (budget.left < 0) throw beyond('it takes too long');
  try {
    return work();
  } finally {
    budget.left -= (mostVisits - context.budget.left) * visitCost;
  }
}

function contextOf({ document }: NodeSelection, bearer: TreeElement): XPathContext {
  return { document, bearer, budget: { left: mostVisits } };
}

/** Whether the expression asks of the node itself only which elements it is in, or is. */
function goesWithElement(expression: Expression): boolean {
  switch (expression.kind) {
    case 'literal':
      return true;
    case 'binary':
      return goesWithElement(expression.left) && goesWithElement(expression.right);
    case 'call':
      return contextFree.includes(expression.name) && expression.parameters.every(goesWithElement);
    case 'path': {
      const { start, steps } = expression;
      if (start === 'root') return true;
      if (start !== 'context') return goesWithElement(start);
      return steps[0]?.axis === 'ancestor-or-self' && steps[0].test.kind === 'name';
    }
  }
}

/** Functions that do not look at the context node by themselves; those of names do where they have no parameter. */
const contextFree: readonly string[] = [
  'not',
  'boolean',
  'true',
  'false',
  'count',
  'here',
  'id',
  'contains',
  'starts-with',
];

/** One filter: how it changes the set, and the nodes whose subtrees it speaks of. */
interface Filter {
  readonly how: string | undefined;
  readonly nodes: ReadonlySet<Located['node']>;
}

/**
 * XPath Filter 2.0: subtrees are intersected with, subtracted from, or added to all nodes of the document, in order; what is
 * left of the input is the output.
 * @throws FormatError for expressions that are not followed
 */
export function selectByFilters(
  selection: NodeSelection,
  transform: TreeElement,
  budget: { left: number },
): NodeSelection {
  const bearers = childElements(transform, 'XPath', filterNamespace);
  if (bearers.length === 0 || bearers.length > mostFilters) throw beyond('no filter, or too many');
  const filters = bearers.map((bearer) => readFilter(selection, bearer, budget));
  const { includes } = selection;
  return {
    ...selection,
    includes: (node, parent) => (!includes || includes(node, parent)) && staysAfter(filters, node, parent),
  };
}

function readFilter(selection: NodeSelection, bearer: TreeElement, budget: { left: number }): Filter {
  const how = attributeOf(bearer, 'Filter');
  if (how !== 'intersect' && how !== 'subtract' && how !== 'union') throw beyond('an unknown filter');
  const at: Located = { node: selection.document, parent: undefined };
  const expression = readExpression(textWithin(bearer));
  const context = contextOf(selection, bearer);
  const value = charged(budget, context, () => evaluate(expression, context, at));
  if (typeof value !== 'object') throw beyond('a filter without nodes');
  if (value.some(({ node }) => node.kind === undefined)) throw beyond('a filter of attributes');
  return { how, nodes: new Set(value.map(({ node }) => node)) };
}

function staysAfter(filters: readonly Filter[], node: TreeNode, parent: TreeElement | undefined): boolean {
  let stays = true;
  for (const { how, nodes } of filters) {
    const isNamed = nodes.has(node) || isUnder(nodes, parent);
    if (how === 'intersect') stays &&= isNamed;
    else if (how === 'subtract') stays &&= !isNamed;
    else stays ||= isNamed;
  }
  return stays;
}

function isUnder(nodes: Filter['nodes'], parent: TreeElement | undefined): boolean {
  for (let at = parent; at; at = at.parent) if (nodes.has(at)) return true;
  return false;
}
