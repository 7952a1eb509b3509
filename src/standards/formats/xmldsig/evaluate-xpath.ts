import type { TreeAttribute, TreeDocument, TreeElement, TreeNode } from './xml-tree.ts';
import { textWithin } from './xml-tree.ts';
import { beyond, type Expression, type Operator, type Step } from './xpath-expression.ts';

/** A node with the element that it stands in. */
export interface Located {
  readonly node: TreeDocument | TreeNode | (TreeAttribute & { readonly kind?: undefined });
  readonly parent: TreeElement | undefined;
}

/** What an expression is evaluated in. */
export interface XPathContext {
  readonly document: TreeDocument;
  /** The element that bears the expression: `here()`, and whose namespaces its prefixes have. */
  readonly bearer: TreeElement;
  /** Node visits that are left: an expression cannot take longer. */
  readonly budget: { left: number };
}

type Value = string | number | boolean | readonly Located[];

interface Focus {
  readonly at: Located;
  readonly position: number;
  readonly size: number;
}

/** Evaluates an expression at a node. */
export function evaluate(expression: Expression, context: XPathContext, at: Located): Value {
  return evaluated(expression, context, { at, position: 1, size: 1 });
}

/** XPath's boolean(). */
export function truthOf(value: Value): boolean {
  return typeof value === 'object' ? value.length > 0 : Boolean(value);
}

function evaluated(expression: Expression, context: XPathContext, focus: Focus): Value {
  spend(context, 1);
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'binary':
      return binary(expression.operator, expression.left, expression.right, context, focus);
    case 'call':
      return call(expression.name, expression.parameters, context, focus);
    case 'path': {
      let nodes = startOf(expression.start, context, focus);
      for (const step of expression.steps) nodes = distinct(nodes.flatMap((node) => stepFrom(node, step, context)));
      return nodes;
    }
  }
}

function startOf(start: 'root' | 'context' | Expression, context: XPathContext, focus: Focus): readonly Located[] {
  if (start === 'context') return [focus.at];
  if (start === 'root') return [{ node: context.document, parent: undefined }];
  return nodesOf(evaluated(start, context, focus));
}

function nodesOf(value: Value): readonly Located[] {
  if (typeof value !== 'object') throw beyond('a path from what is no node');
  return value;
}

function spend({ budget }: XPathContext, visits: number): void {
  budget.left -= visits;
  if (budget.left < 0) throw beyond('it takes too long');
}

function distinct(nodes: readonly Located[]): Located[] {
  const seen = new Set<Located['node']>();
  return nodes.filter(({ node }) => !seen.has(node) && seen.add(node) !== undefined);
}

function stepFrom(from: Located, { axis, test, predicates }: Step, context: XPathContext): readonly Located[] {
  const reached = alongAxis(from, axis, context);
  spend(context, reached.length + 1);
  let nodes = reached.filter(({ node }) => passes(node, test, axis === 'attribute', context));
  for (const predicate of predicates)
    nodes = nodes.filter((at, index) => {
      const value = evaluated(predicate, context, { at, position: index + 1, size: nodes.length });
      return typeof value === 'number' ? value === index + 1 : truthOf(value);
    });
  return nodes;
}

/** The nodes along an axis, the nearest first. */
function alongAxis(from: Located, axis: Step['axis'], context: XPathContext): Located[] {
  switch (axis) {
    case 'self':
      return [from];
    case 'child':
      return childrenOf(from);
    case 'descendant':
      return descendantsOf(from, context);
    case 'descendant-or-self':
      return [from, ...descendantsOf(from, context)];
    case 'parent':
      return ancestorsOf(from, context).slice(0, 1);
    case 'ancestor':
      return ancestorsOf(from, context);
    case 'ancestor-or-self':
      return [from, ...ancestorsOf(from, context)];
    case 'attribute': {
      const { node } = from;
      return node.kind === 'element' ? node.attributes.map((attribute) => ({ node: attribute, parent: node })) : [];
    }
  }
}

function childrenOf({ node }: Located): Located[] {
  if (node.kind !== 'element' && node.kind !== 'document') return [];
  const parent = node.kind === 'element' ? node : undefined;
  return node.children.map((child) => ({ node: child, parent }));
}

function descendantsOf(from: Located, context: XPathContext): Located[] {
  const found: Located[] = [];
  const walk = (at: Located): void => {
    spend(context, 1);
    for (const child of childrenOf(at)) {
      found.push(child);
      walk(child);
    }
  };
  walk(from);
  return found;
}

function ancestorsOf({ node, parent }: Located, { document }: XPathContext): Located[] {
  if (node.kind === 'document') return [];
  const found: Located[] = [];
  for (let at = parent; at; at = at.parent) found.push({ node: at, parent: at.parent });
  return [...found, { node: document, parent: undefined }];
}

function passes(node: Located['node'], test: Step['test'], isAttribute: boolean, { bearer }: XPathContext): boolean {
  if (test.kind === 'node') return true;
  if (test.kind !== 'name') return node.kind === test.kind;
  if (isAttribute ? node.kind !== undefined : node.kind !== 'element') return false;
  if (!('name' in node)) return false;
  if (test.prefix === '*') return true;
  const namespace = test.prefix === '' ? '' : bearer.scope.get(test.prefix);
  if (namespace === undefined) throw beyond(`the prefix ${test.prefix}`);
  return node.namespace === namespace && (test.name === '*' || node.name === test.name);
}

function binary(
  operator: Operator,
  left: Expression,
  right: Expression,
  context: XPathContext,
  focus: Focus,
): boolean | readonly Located[] {
  const first = evaluated(left, context, focus);
  if (operator === 'or') return truthOf(first) || truthOf(evaluated(right, context, focus));
  if (operator === 'and') return truthOf(first) && truthOf(evaluated(right, context, focus));
  const second = evaluated(right, context, focus);
  if (operator === '|') return distinct([...nodesOf(first), ...nodesOf(second)]);
  return compares(operator, first, second, context);
}

/** XPath 1.0 3.4: a node-set compares if any of its nodes does. */
function compares(operator: Operator, first: Value, second: Value, context: XPathContext): boolean {
  if (typeof first === 'boolean' || typeof second === 'boolean')
    return compareSingle(operator, Number(truthOf(first)), Number(truthOf(second)));
  const ones = typeof first === 'object' ? first.map(stringOf) : [first];
  const others = typeof second === 'object' ? second.map(stringOf) : [second];
  spend(context, ones.length * others.length);
  return ones.some((one) => others.some((other) => compareSingle(operator, one, other)));
}

function compareSingle(operator: Operator, one: string | number, other: string | number): boolean {
  const areNumbers = typeof one === 'number' || typeof other === 'number';
  switch (operator) {
    case '=':
      return areNumbers ? Number(one) === Number(other) : one === other;
    case '!=':
      return areNumbers ? Number(one) !== Number(other) : one !== other;
    case '<':
      return Number(one) < Number(other);
    case '<=':
      return Number(one) <= Number(other);
    case '>':
      return Number(one) > Number(other);
    default:
      return Number(one) >= Number(other);
  }
}

function stringOf({ node }: Located): string {
  switch (node.kind) {
    case 'document':
      return textWithin(node.root);
    case 'element':
      return textWithin(node);
    case undefined:
      return node.value;
    default:
      return node.text;
  }
}

function textOf(value: Value): string {
  if (typeof value !== 'object') return String(value);
  const [first] = value;
  return first ? stringOf(first) : '';
}

function call(name: string, parameters: readonly Expression[], context: XPathContext, focus: Focus): Value {
  const values = parameters.map((parameter) => evaluated(parameter, context, focus));
  const [first = [focus.at], second = ''] = values;
  switch (`${name}/${values.length}`) {
    case 'not/1':
      return !truthOf(first);
    case 'boolean/1':
      return truthOf(first);
    case 'true/0':
      return true;
    case 'false/0':
      return false;
    case 'position/0':
      return focus.position;
    case 'last/0':
      return focus.size;
    case 'count/1':
      return nodesOf(first).length;
    case 'string/0':
    case 'string/1':
      return textOf(first);
    case 'local-name/0':
    case 'local-name/1':
      return namePart(nodesOf(first), ({ name: local }) => local);
    case 'namespace-uri/0':
    case 'namespace-uri/1':
      return namePart(nodesOf(first), ({ namespace }) => namespace);
    case 'name/0':
    case 'name/1':
      return namePart(nodesOf(first), ({ prefix, name: local }) => (prefix === '' ? local : `${prefix}:${local}`));
    case 'starts-with/2':
      return textOf(first).startsWith(textOf(second));
    case 'contains/2':
      return textOf(first).includes(textOf(second));
    case 'here/0':
      return [{ node: context.bearer, parent: context.bearer.parent }];
    case 'id/1':
      return elementNamed(textOf(first), context);
    default:
      throw beyond(`the function ${name}`);
  }
}

function namePart(nodes: readonly Located[], part: (node: TreeElement | TreeAttribute) => string): string {
  const node = nodes[0]?.node;
  return node && (node.kind === 'element' || node.kind === undefined) ? part(node) : '';
}

function elementNamed(id: string, { document }: XPathContext): Located[] {
  const [element, another] = document.byId.get(id) ?? [];
  if (another) throw beyond('an Id on several elements');
  return element ? [{ node: element, parent: element.parent }] : [];
}
