import type { XmlNode } from '../../formats/xml/index.ts';

/** An element of a METS document and where it stands, e.g. `/mets/dmdSec[2]`. */
export interface Placed {
  readonly node: XmlNode;
  readonly place: string;
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
  const counts = new Map<string, number>();
  for (const node of from.node.children) {
    const count = (counts.get(node.name) ?? 0) + 1;
    counts.set(node.name, count);
    if (node.name === step.name && node.namespace === metsNamespace && (step.test?.(node) ?? true))
      found.push({ node, place: `${from.place}/${node.name}[${count}]` });
  }
  return found;
}

function below(from: Placed, step: Step): Placed[] {
  const found: Placed[] = [];
  const counts = new Map<string, number>();
  for (const node of from.node.children) {
    const count = (counts.get(node.name) ?? 0) + 1;
    counts.set(node.name, count);
    if (node.namespace !== metsNamespace) continue;
    const placed = { node, place: `${from.place}/${node.name}[${count}]` };
    if (node.name === step.name && (step.test?.(node) ?? true)) found.push(placed);
    for (const one of below(placed, step)) found.push(one);
  }
  return found;
}
