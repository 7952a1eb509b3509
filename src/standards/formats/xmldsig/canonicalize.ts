import { joinBases } from './join-bases.ts';
import { isWithin, type TreeAttribute, type TreeDocument, type TreeElement, type TreeNode } from './xml-tree.ts';

/** A canonicalisation: Canonical XML 1.0 or 1.1, or Exclusive XML Canonicalization 1.0. */
export interface Canonicalization {
  readonly form: '1.0' | '1.1' | 'exclusive';
  readonly withComments: boolean;
  /** Exclusive only: prefixes treated as the inclusive form treats them; `''` is the default namespace. */
  readonly inclusivePrefixes: readonly string[];
}

const algorithms: Readonly<Record<string, Canonicalization['form']>> = {
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315': '1.0',
  'http://www.w3.org/2006/12/xml-c14n11': '1.1',
  'http://www.w3.org/2001/10/xml-exc-c14n#': 'exclusive',
};

/** What XMLDSig 1.1 4.4.3.2 uses where no canonicalisation is named. */
export const standardCanonicalization: Canonicalization = { form: '1.0', withComments: false, inclusivePrefixes: [] };

/** The canonicalisation with this identifier, without its parameters; undefined for others. */
export function canonicalizationNamed(uri: string): Canonicalization | undefined {
  const withComments = /#?WithComments$/.test(uri);
  const form = algorithms[uri.replace(/WithComments$/, '')] ?? algorithms[uri.replace(/#WithComments$/, '')];
  return form && { form, withComments, inclusivePrefixes: [] };
}

/** A set of nodes: those of the subtree of `apex` that `includes` holds true; attributes go with their elements. */
export interface NodeSelection {
  readonly document: TreeDocument;
  readonly apex: TreeDocument | TreeElement;
  /** Comments are among the nodes. */
  readonly comments: boolean;
  readonly includes?: (node: TreeNode, parent: TreeElement | undefined) => boolean;
}

/** The canonical octets of a set of nodes. */
export function canonicalize(selection: NodeSelection, method: Canonicalization): Uint8Array {
  const writer = new CanonicalWriter(selection, method);
  return Buffer.from(writer.written(), 'utf8');
}

type Rendered = ReadonlyMap<string, string>;

class CanonicalWriter {
  readonly #parts: string[] = [];
  readonly #selection: NodeSelection;
  readonly #method: Canonicalization;
  /** Inclusive forms: of which scope the declarations shown are all there are. */
  readonly #shownWhole = new WeakMap<Rendered, TreeElement['scope']>();

  constructor(selection: NodeSelection, method: Canonicalization) {
    this.#selection = selection;
    this.#method = method;
  }

  written(): string {
    const { apex } = this.#selection;
    if (apex.kind === 'document') this.#document(apex);
    else this.#node(apex, apex.parent, new Map());
    return this.#parts.join('');
  }

  /** What stands outside the root element is on a line of its own (Canonical XML 1.0 2.1). */
  #document({ children, root }: TreeDocument): void {
    let isAfter = false;
    for (const node of children) {
      if (node === root) {
        this.#node(node, undefined, new Map());
        isAfter = true;
        continue;
      }
      const before = this.#parts.length;
      this.#node(node, undefined, new Map());
      if (this.#parts.length === before) continue;
      const text = this.#parts.pop() ?? '';
      this.#parts.push(isAfter ? `\n${text}` : `${text}\n`);
    }
  }

  #node(node: TreeNode, parent: TreeElement | undefined, rendered: Rendered): void {
    const { includes, comments } = this.#selection;
    const isIn = includes ? includes(node, parent) : true;
    switch (node.kind) {
      case 'text':
        if (isIn) this.#parts.push(escapedText(node.text));
        break;
      case 'comment':
        if (isIn && comments && this.#method.withComments) this.#parts.push(`<!--${node.text}-->`);
        break;
      case 'instruction':
        if (isIn) this.#parts.push(`<?${node.text}?>`);
        break;
      case 'element':
        this.#element(node, isIn, rendered);
    }
  }

  #element(element: TreeElement, isIn: boolean, rendered: Rendered): void {
    if (!isIn) {
      for (const child of element.children) this.#node(child, element, rendered);
      return;
    }
    const declared = this.#declarations(element, rendered);
    const inner = declared.length === 0 ? rendered : new Map([...rendered, ...declared]);
    if (this.#method.form !== 'exclusive') this.#shownWhole.set(inner, element.scope);
    const name = qualified(element);
    this.#parts.push(`<${name}`);
    for (const [prefix, uri] of declared)
      this.#parts.push(` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapedValue(uri)}"`);
    for (const attribute of this.#attributes(element))
      this.#parts.push(` ${qualified(attribute)}="${escapedValue(attribute.value)}"`);
    this.#parts.push('>');
    for (const child of element.children) this.#node(child, element, inner);
    this.#parts.push(`</${name}>`);
  }

  /** Declarations that the output parent does not show already, sorted: the default one first. */
  #declarations(element: TreeElement, rendered: Rendered): [string, string][] {
    const { scope } = element;
    if (this.#shownWhole.get(rendered) === scope) return [];
    const shown: [string, string][] = [];
    for (const prefix of this.#prefixes(element)) {
      const uri = prefix === '' ? (scope.get('') ?? '') : scope.get(prefix);
      if (uri !== undefined && (rendered.get(prefix) ?? (prefix === '' ? '' : undefined)) !== uri)
        shown.push([prefix, uri]);
    }
    return shown.sort(([one], [other]) => compare(one, other));
  }

  #prefixes({ scope, prefix, attributes }: TreeElement): Iterable<string> {
    const { form, inclusivePrefixes } = this.#method;
    if (form !== 'exclusive') return new Set(['', ...scope.keys()]);
    const used = new Set([prefix, ...inclusivePrefixes]);
    for (const attribute of attributes) if (attribute.prefix !== '') used.add(attribute.prefix);
    used.delete('xml');
    return used;
  }

  #attributes(element: TreeElement): readonly TreeAttribute[] {
    const inherited = this.#method.form === 'exclusive' ? [] : this.#inherited(element);
    // An element's own attributes were read from canonical text: they are in order.
    if (inherited.length === 0) return element.attributes;
    const isBase = ({ prefix, name }: TreeAttribute) => prefix === 'xml' && name === 'base';
    const own = inherited.some(isBase) ? element.attributes.filter((one) => !isBase(one)) : element.attributes;
    return [...own, ...inherited.filter((one) => !isBase(one) || one.value !== '')].sort(
      (one, other) => compare(one.namespace, other.namespace) || compare(one.name, other.name),
    );
  }

  /** Attributes of the xml namespace that stand on ancestors outside the set (Canonical XML 1.0 2.4, 1.1 2.4). */
  #inherited(element: TreeElement): TreeAttribute[] {
    const { parent } = element;
    const { apex, includes } = this.#selection;
    const isParentIn = element !== apex && (!includes || !parent || includes(parent, parent.parent));
    if (!parent || isParentIn) return [];
    const found = new Map<string, TreeAttribute>();
    const has = new Set(element.attributes.filter(({ prefix }) => prefix === 'xml').map(({ name }) => name));
    for (let at: TreeElement | undefined = parent; at; at = at.parent)
      for (const attribute of at.attributes)
        if (attribute.prefix === 'xml' && !has.has(attribute.name) && !found.has(attribute.name))
          found.set(attribute.name, attribute);
    if (this.#method.form === '1.0') return [...found.values()];
    const joined = this.#joinedBase(element);
    return [...[...found.values()].filter(({ name }) => name === 'lang' || name === 'space'), ...joined];
  }

  /** Where elements between an element and the next one above it in the set are left out, their `xml:base` goes into its own (1.1 2.4). */
  #joinedBase(element: TreeElement): TreeAttribute[] {
    const bases: TreeAttribute[] = [];
    for (let at = element.parent; at && !this.#isIn(at); at = at.parent) bases.unshift(...baseOf(at));
    const [outermost] = bases;
    if (!outermost) return [];
    const value = [...bases.slice(1), ...baseOf(element)].reduce(
      (base, { value: reference }) => joinBases(base, reference),
      outermost.value,
    );
    return [{ ...outermost, value }];
  }

  #isIn(element: TreeElement): boolean {
    const { apex, includes } = this.#selection;
    const isBelow = apex.kind === 'document' || isWithin(element, apex);
    return isBelow && (includes ? includes(element, element.parent) : true);
  }
}

function baseOf({ attributes }: TreeElement): TreeAttribute[] {
  return attributes.filter(({ prefix, name }) => prefix === 'xml' && name === 'base');
}

function qualified({ prefix, name }: { readonly prefix: string; readonly name: string }): string {
  return prefix === '' ? name : `${prefix}:${name}`;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

const textEscapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '\r': '&#xD;' };
const valueEscapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '"': '&quot;',
  '\t': '&#x9;',
  '\n': '&#xA;',
  '\r': '&#xD;',
};

function escapedText(text: string): string {
  return text.replace(/[&<>\r]/g, (character) => textEscapes[character] ?? character);
}

function escapedValue(text: string): string {
  return text.replace(/[&<"\t\n\r]/g, (character) => valueEscapes[character] ?? character);
}
