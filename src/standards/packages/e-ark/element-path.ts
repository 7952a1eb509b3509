import type { XmlNode } from '../../formats/xml/index.ts';

/** An element of a METS document and where it stands. */
export interface Placed {
  readonly node: XmlNode;
  /** E.g. `/mets/dmdSec[2]`. */
  readonly place: string;
}

/** Puts the place together when it is asked for: few of a hundred thousand elements are ever reported. */
class PlacedElement implements Placed {
  readonly node: XmlNode;
  readonly #parent: Placed;
  readonly #ordinal: number;

  constructor(node: XmlNode, parent: Placed, ordinal: number) {
    this.node = node;
    this.#parent = parent;
    this.#ordinal = ordinal;
  }

  get place(): string {
    return `${this.#parent.place}/${this.node.name}[${this.#ordinal}]`;
  }
}

export const metsNamespace = 'http://www.loc.gov/METS/';

const prefixes: Readonly<Record<string, string>> = {
  csip: 'https://DILCIS.eu/XML/METS/CSIPExtensionMETS',
  sip: 'https://DILCIS.eu/XML/METS/SIPExtensionMETS',
  xlink: 'http://www.w3.org/1999/xlink',
};

/** The value of an attribute, whose name may have one of the prefixes `csip`, `sip`, `xlink`. */
export function attributeOf(node: XmlNode, name: string): string | undefined {
  const [prefix, local] = name.split(':');
  if (local === undefined || prefix === undefined) return node.attributes.get(name);
  return node.attributes.get(`{${prefixes[prefix]}}${local}`);
}

interface Step {
  readonly name: string;
  readonly deep: boolean;
  readonly test: ((node: XmlNode) => boolean) | undefined;
}

const parsedPaths = new Map<string, readonly Step[]>();

/** The elements that `path` leads to from the root, in document order. */
export function elementsAt(root: XmlNode, path: string): Placed[] {
  const [first, ...steps] = stepsOf(path);
  if (first?.name !== root.name) return [];
  return steps.reduce<Placed[]>(
    (found, step) => found.flatMap((from) => (step.deep ? below(from, step) : children(from, step))),
    [{ node: root, place: `/${root.name}` }],
  );
}

/** The children of an element that a step such as `div[LABEL=Metadata]` names. */
export function childrenAt(from: Placed, step: string): Placed[] {
  return stepsOf(step).flatMap((only) => children(from, only));
}

/** All elements below that a step names. */
export function descendantsAt(from: Placed, step: string): Placed[] {
  return stepsOf(step).flatMap((only) => below(from, only));
}

function stepsOf(path: string): readonly Step[] {
  const known = parsedPaths.get(path);
  if (known) return known;
  const steps: Step[] = [];
  let deep = false;
  for (const part of path.split('/')) {
    if (part === '') {
      deep = true;
      continue;
    }
    const [, name = part, condition] = /^([^[]+)(?:\[([^\]]+)\])?$/.exec(part) ?? [];
    steps.push({ name, deep, test: condition === undefined ? undefined : conditionOf(condition) });
    deep = false;
  }
  parsedPaths.set(path, steps);
  return steps;
}

function conditionOf(condition: string): (node: XmlNode) => boolean {
  const [name = '', value] = condition.split('=');
  if (value !== undefined) return (node) => attributeOf(node, name) === value;
  return (node) => node.children.some((child) => child.name === name);
}

function children(from: Placed, step: Step): Placed[] {
  const found: Placed[] = [];
  for (const placed of placedChildren(from)) if (isMeant(placed.node, step)) found.push(placed);
  return found;
}

function below(from: Placed, step: Step, found: Placed[] = []): Placed[] {
  for (const placed of placedChildren(from)) {
    if (placed.node.namespace !== metsNamespace) continue;
    if (isMeant(placed.node, step)) found.push(placed);
    if (placed.node.children.length > 0) below(placed, step, found);
  }
  return found;
}

function* placedChildren(from: Placed): Generator<Placed, void> {
  const counts = new Map<string, number>();
  for (const node of from.node.children) {
    const count = (counts.get(node.name) ?? 0) + 1;
    counts.set(node.name, count);
    yield new PlacedElement(node, from, count);
  }
}

function isMeant(node: XmlNode, { name, test }: Step): boolean {
  return node.name === name && node.namespace === metsNamespace && (test?.(node) ?? true);
}
