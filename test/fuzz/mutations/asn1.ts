import type { Random } from '../random.ts';
import { mutateOctets } from './octets.ts';

interface Node {
  identifier: number;
  content: Buffer;
  children: Node[] | undefined;
  form: 'short' | 'long' | 'longer' | 'indefinite' | 'wrong';
}

const simpleIdentifiers = [
  0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0c, 0x13, 0x17, 0x18, 0x24, 0x30, 0x31, 0x80, 0xa0, 0xa1, 0xbf,
];

/** Edits of elements: tags, lengths and their forms, elements dropped, doubled, moved, wrapped, nested. */
export function mutateAsn1(random: Random, bytes: Buffer): Buffer {
  const roots = nodesIn(bytes, 0);
  if (!roots) return mutateOctets(random, bytes);
  const top: Node = { identifier: 0, content: bytes, children: roots, form: 'short' };
  for (let edits = 1 + random.below(2); edits > 0; edits--) edit(random, top);
  return Buffer.concat((top.children ?? []).map(written));
}

function edit(random: Random, top: Node): void {
  const parents = all(top).filter(({ children }) => children && children.length > 0);
  if (parents.length === 0) return;
  const parent = random.pick(parents);
  const siblings = parent.children as Node[];
  const at = random.below(siblings.length);
  const node = siblings[at] as Node;
  switch (random.below(12)) {
    case 0:
      siblings.splice(at, 1);
      return;
    case 1:
      siblings.splice(random.below(siblings.length + 1), 0, copyOf(node));
      return;
    case 2: {
      const other = random.below(siblings.length);
      [siblings[at], siblings[other]] = [siblings[other] as Node, node];
      return;
    }
    case 3:
      node.identifier = random.chance(50) ? node.identifier ^ (1 << random.below(8)) : random.pick(simpleIdentifiers);
      return;
    case 4:
      node.form = random.pick(['long', 'longer', 'indefinite', 'wrong']);
      return;
    case 5:
      siblings[at] = copyOf(random.pick(all(top).slice(1)));
      return;
    case 6:
      siblings.splice(at, 0, copyOf(random.pick(all(top).slice(1))));
      return;
    case 7:
      siblings[at] = nested(random, node);
      return;
    case 8:
      // what the element holds, one floor higher
      if (node.children) siblings.splice(at, 1, ...node.children);
      return;
    default: {
      const leaves = all(top).filter(({ children }) => !children);
      const leaf = leaves.length > 0 ? random.pick(leaves) : node;
      leaf.content = random.chance(10) ? Buffer.alloc(0) : mutateOctets(random, leaf.content);
    }
  }
}

function nested(random: Random, node: Node): Node {
  let wrapped = node;
  for (let depth = random.chance(90) ? 1 : 3000; depth > 0; depth--)
    wrapped = {
      identifier: random.pick([0x30, 0x31, 0x24, 0xa0]),
      content: Buffer.alloc(0),
      children: [wrapped],
      form: 'short',
    };
  return wrapped;
}

const all = (node: Node): Node[] => {
  const found: Node[] = [];
  const waiting = [node];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    found.push(next);
    if (next.children) waiting.push(...next.children);
  }
  return found;
};

function copyOf(node: Node): Node {
  return nodesIn(written(node), 0)?.[0] ?? { ...node };
}

/** Undefined where the bytes are no elements. Of OCTET STRINGs, those that hold elements are gone into. */
function nodesIn(bytes: Buffer, depth: number): Node[] | undefined {
  if (depth > 40) return undefined;
  const nodes: Node[] = [];
  for (let at = 0; at < bytes.length; ) {
    const identifier = bytes[at] ?? 0;
    const first = bytes[at + 1];
    if (first === undefined || (identifier & 0x1f) === 0x1f || first === 0x80 || first > 0x84) return undefined;
    const octets = first > 0x80 ? first - 0x80 : 0;
    const length =
      octets === 0 ? first : bytes.subarray(at + 2, at + 2 + octets).reduce((sum, octet) => sum * 256 + octet, 0);
    const start = at + 2 + octets;
    if (start + length > bytes.length) return undefined;
    const content = bytes.subarray(start, start + length);
    const isConstructed = (identifier & 0x20) !== 0;
    const goesInto = isConstructed || (identifier === 0x04 && content[0] === 0x30);
    nodes.push({ identifier, content, children: goesInto ? nodesIn(content, depth + 1) : undefined, form: 'short' });
    at = start + length;
  }
  return nodes;
}

function written(node: Node): Buffer {
  // by a stack of its own: elements may be nested thousands deep
  const parts: Buffer[] = [];
  const waiting: { node: Node; done: boolean; from: number }[] = [{ node, done: false, from: 0 }];
  for (let step = waiting.pop(); step; step = waiting.pop()) {
    if (!step.done && step.node.children) {
      waiting.push({ node: step.node, done: true, from: parts.length });
      for (const child of [...step.node.children].reverse()) waiting.push({ node: child, done: false, from: 0 });
      continue;
    }
    const content = step.done ? Buffer.concat(parts.splice(step.from)) : step.node.content;
    parts.push(element(step.node, content));
  }
  return Buffer.concat(parts);
}

function element({ identifier, form }: Node, content: Buffer): Buffer {
  const { length } = content;
  if (form === 'indefinite') return Buffer.concat([Buffer.of(identifier, 0x80), content, Buffer.of(0, 0)]);
  const stated = form === 'wrong' ? length + (length % 3) - 1 : length;
  const octets =
    form === 'longer' ? 4 : form === 'long' ? 3 : stated < 128 ? 0 : stated < 256 ? 1 : stated < 65536 ? 2 : 3;
  const big = Buffer.alloc(4);
  big.writeUInt32BE(Math.max(0, stated));
  const header =
    octets === 0 ? [identifier, Math.max(0, stated)] : [identifier, 0x80 + octets, ...big.subarray(4 - octets)];
  return Buffer.concat([Buffer.from(header), content]);
}
