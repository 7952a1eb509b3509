/** A node of a document that was read: immutable, and free of the parser's memory. */
export type TreeNode = TreeElement | TreeText | TreeComment | TreeInstruction;

/** The root of the XPath data model: the document element, and comments and instructions around it. */
export interface TreeDocument {
  readonly kind: 'document';
  readonly children: readonly TreeNode[];
  readonly root: TreeElement;
  /** Elements by the value of their Id attribute (`Id`, `ID`, `id`, `xml:id`), in document order. */
  readonly byId: ReadonlyMap<string, readonly TreeElement[]>;
}

/** An element. */
export interface TreeElement {
  readonly kind: 'element';
  readonly parent: TreeElement | undefined;
  readonly prefix: string;
  readonly name: string;
  readonly namespace: string;
  /** Every namespace in scope by prefix, `''` for the default one; `xml` is left out. */
  readonly scope: ReadonlyMap<string, string>;
  readonly attributes: readonly TreeAttribute[];
  readonly children: readonly TreeNode[];
  /** How long it is in canonical form: what walking or writing it costs. */
  readonly size: number;
}

/** An attribute; namespace declarations are none. */
export interface TreeAttribute {
  readonly prefix: string;
  readonly name: string;
  readonly namespace: string;
  readonly value: string;
}

/** Character data: text and CDATA sections are one. */
export interface TreeText {
  readonly kind: 'text';
  readonly text: string;
}

/** A comment. */
export interface TreeComment {
  readonly kind: 'comment';
  readonly text: string;
}

/** A processing instruction: its target, and what follows it. */
export interface TreeInstruction {
  readonly kind: 'instruction';
  readonly text: string;
}

/** The value of an attribute that is in no namespace. */
export function attributeOf(element: TreeElement, name: string): string | undefined {
  return element.attributes.find((attribute) => attribute.name === name && attribute.namespace === '')?.value;
}

/** The child elements, of this local name where one is given, and of this namespace where one is given. */
export function childElements(element: TreeElement, name?: string, namespace?: string): TreeElement[] {
  return element.children.filter(
    (child): child is TreeElement =>
      child.kind === 'element' &&
      (name === undefined || child.name === name) &&
      (namespace === undefined || child.namespace === namespace),
  );
}

/** All elements below, or of, `node` in document order. */
export function elementsWithin(node: TreeElement): TreeElement[] {
  const found: TreeElement[] = [];
  const left: TreeElement[] = [node];
  for (let next = left.pop(); next; next = left.pop()) {
    found.push(next);
    for (let at = next.children.length - 1; at >= 0; at--) {
      const child = next.children[at];
      if (child?.kind === 'element') left.push(child);
    }
  }
  return found;
}

/** The text of an element and of everything in it, as XPath's string() gives it: comments break nothing. */
export function textWithin(element: TreeElement): string {
  const parts: string[] = [];
  const walk = (node: TreeNode): void => {
    if (node.kind === 'text') parts.push(node.text);
    else if (node.kind === 'element') node.children.forEach(walk);
  };
  walk(element);
  return parts.join('');
}

/** Whether `node` is `ancestor`, or stands inside it. */
export function isWithin(node: TreeElement, ancestor: TreeElement): boolean {
  for (let at: TreeElement | undefined = node; at; at = at.parent) if (at === ancestor) return true;
  return false;
}
