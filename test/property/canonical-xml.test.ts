import { expect } from 'chai';
import fc from 'fast-check';
import { XmlC14NMode, XmlDocument, type XmlElement } from 'libxml2-wasm';
import { canonicalize, elementsWithin, readTree } from '../../src/standards/formats/xmldsig/index.ts';

const prefixes = ['', 'p', 'q'] as const;
const uris = ['urn:1', 'urn:2', 'urn:3'] as const;
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

const declarations = fc.uniqueArray(fc.tuple(fc.constantFrom(...prefixes), fc.constantFrom(...uris)), {
  selector: ([prefix]) => prefix,
  maxLength: 3,
});
const text = fc.string({ unit: fc.constantFrom('a', 'ж', '&', '<', '"', '\t', '\n', ' '), maxLength: 6 });

/** A random element as text: prefixes p and q are declared by the root, so that all of them have a namespace. */
const { element } = fc.letrec<{ element: string }>((tie) => ({
  element: fc
    .record({
      prefix: fc.constantFrom(...prefixes),
      name: fc.constantFrom('a', 'b', 'c'),
      declared: declarations,
      attributes: fc.uniqueArray(fc.constantFrom('x', 'y', 'p:x', 'q:z', 'xml:lang', 'xml:space'), { maxLength: 3 }),
      value: text,
      children: fc.array(
        fc.oneof(
          { depthSize: 'small', withCrossShrink: true },
          text.map(escaped),
          fc.constant('<!--c-->'),
          fc.constant('<?i j?>'),
          tie('element'),
        ),
        { maxLength: 3 },
      ),
    })
    .map(({ prefix, name, declared, attributes, value, children }) => {
      const tag = prefix === '' ? name : `${prefix}:${name}`;
      const ns = declared.map(([one, uri]) => ` xmlns${one === '' ? '' : `:${one}`}="${uri}"`).join('');
      const rest = attributes.map((attribute) => ` ${attribute}="${escaped(value)}"`).join('');
      return `<${tag}${ns}${rest}>${children.join('')}</${tag}>`;
    }),
}));

const modes = {
  '1.0': XmlC14NMode.XML_C14N_1_0,
  '1.1': XmlC14NMode.XML_C14N_1_1,
  exclusive: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0,
};

describe('canonical XML of random documents', () => {
  it('is what libxml2 gives, of the whole and of every element', () => {
    fc.assert(
      fc.property(element, fc.constantFrom('1.0', '1.1', 'exclusive'), fc.boolean(), (inner, form, withComments) => {
        const source = `<r xmlns:p="urn:p" xmlns:q="urn:q">${inner}</r>`;
        const document = parsed(source);
        if (!document) return;
        try {
          const tree = readTree(Buffer.from(source));
          const method = { form, withComments, inclusivePrefixes: [] } as const;
          const ours = elementsWithin(tree.root).map((apex) =>
            Buffer.from(canonicalize({ document: tree, apex, comments: true }, method)).toString('utf8'),
          );
          const theirs = document
            .find('//*')
            .map((found) => (found as XmlElement).canonicalizeToString({ mode: modes[form], withComments }));
          expect(ours).to.deep.equal(theirs);
        } finally {
          document.dispose();
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Two attributes can come to have one name by their namespaces: that is no XML. */
function parsed(source: string): XmlDocument | undefined {
  try {
    return XmlDocument.fromString(source);
  } catch {
    return undefined;
  }
}
