import { expect } from 'chai';
import { XmlC14NMode, XmlDocument, type XmlElement } from 'libxml2-wasm';
import { FormatError } from '../../../../../src/base/index.ts';
import {
  type Canonicalization,
  canonicalize,
  elementsWithin,
  readTree,
} from '../../../../../src/standards/formats/xmldsig/index.ts';

const modes = {
  '1.0': XmlC14NMode.XML_C14N_1_0,
  '1.1': XmlC14NMode.XML_C14N_1_1,
  exclusive: XmlC14NMode.XML_C14N_EXCLUSIVE_1_0,
} as const;

const documents = {
  namespaces:
    '<a xmlns="urn:1" xmlns:p="urn:p"><b xmlns=""><p:c p:z="1" a="2" xmlns:q="urn:q"/></b><c xmlns="urn:1"/></a>',
  'redeclared prefixes': '<p:a xmlns:p="urn:1"><p:b xmlns:p="urn:2"><p:c xmlns:p="urn:1"/></p:b></p:a>',
  'inherited xml attributes': '<a xml:lang="sr" xml:space="preserve"><b xml:id="x"><c xml:lang="en"><d/></c></b></a>',
  'bases above, relative': '<a xml:base="x/y/"><b xml:base="../z"><c xml:base="w/v"><d/></c></b></a>',
  'bases above, absolute':
    '<a xml:base="http://primer.invalid/x/y?q"><b xml:base="../z/"><c xml:id="c" xml:base="w"><d/></c></b></a>',
  'bases above that lead out':
    '<a xml:base="../x"><b xml:base="../../y/"><c xml:base=".."><d xml:base="e"/></c></b></a>',
  'bases above, rooted':
    '<a xml:base="http://primer.invalid/x"><b xml:base="/y/z"><c xml:base="//drugi.invalid/w"><d/></c></b></a>',
  'sorted attributes': '<a xmlns:b="urn:z" xmlns:a="urn:y" b:x="1" a:x="2" z="3" y="4"><b/></a>',
  'escapes and white space': '<a b="&lt;&quot;&#10;&#9;&#13;  x" c=\'"\'>&gt;&amp;&#13;<![CDATA[<x>&]]>\r\n</a>',
  'comments and instructions': '<?p q?><!-- 1 --><a><!-- 2 --><?r s?><b/>t<!-- 3 --></a><!-- 4 --><?u?>',
  'other scripts': '<рачун износ="1"><ставка>č</ставка>𝒳</рачун>',
} as const;

describe('canonicalisation', () => {
  for (const [name, text] of Object.entries(documents))
    for (const form of ['1.0', '1.1', 'exclusive'] as const)
      for (const withComments of [true, false])
        it(`of ${name} is what libxml2 gives, ${form} ${withComments ? 'with' : 'without'} comments`, () => {
          const method: Canonicalization = {
            form,
            withComments,
            inclusivePrefixes: form === 'exclusive' ? ['q', 'p'] : [],
          };
          const { whole, parts } = byLibxml(text, method);
          const document = readTree(Buffer.from(text));
          const ours = (apex: Parameters<typeof canonicalize>[0]['apex']) =>
            Buffer.from(canonicalize({ document, apex, comments: true }, method)).toString('utf8');
          expect(ours(document)).to.equal(whole);
          expect(elementsWithin(document.root).map(ours)).to.deep.equal(parts);
        });

  it('of a subset joins the bases of what is left out between, as the example of Canonical XML 1.1 3.8 does', () => {
    const text =
      '<doc xmlns="http://www.ietf.org" xmlns:w3c="http://www.w3.org" xml:base="something/else">\n   <e1>\n' +
      '      <e2 xmlns="" xml:id="abc" xml:base="../bar/">\n         <e3 id="E3" xml:base="foo"/>\n      </e2>\n   </e1>\n</doc>';
    const document = readTree(Buffer.from(text));
    const includes = (node: { readonly kind: string; readonly name?: string }) =>
      node.kind === 'element' && (node.name === 'e1' || node.name === 'e3');
    const method = { form: '1.1', withComments: false, inclusivePrefixes: [] } as const;
    expect(
      Buffer.from(canonicalize({ document, apex: document, comments: true, includes }, method)).toString(),
    ).to.equal(
      '<e1 xmlns="http://www.ietf.org" xmlns:w3c="http://www.w3.org" xml:base="something/else">' +
        '<e3 xmlns="" id="E3" xml:base="../bar/foo"></e3></e1>',
    );
  });

  it('of ISO-8859-2 is that of the characters', () => {
    const bytes = Buffer.concat([
      Buffer.from('<?xml version="1.0" encoding="ISO-8859-2"?><a>'),
      Buffer.from([0xe8]),
      Buffer.from('</a>'),
    ]);
    const document = readTree(bytes);
    const method = { form: '1.0', withComments: false, inclusivePrefixes: [] } as const;
    expect(Buffer.from(canonicalize({ document, apex: document, comments: false }, method)).toString()).to.equal(
      '<a>č</a>',
    );
  });
});

function byLibxml(text: string, { form, withComments, inclusivePrefixes }: Canonicalization) {
  const document = XmlDocument.fromBuffer(Buffer.from(text));
  try {
    const prefixes = form === 'exclusive' ? { inclusiveNamespacePrefixes: [...inclusivePrefixes] } : {};
    const options = { mode: modes[form], withComments, ...prefixes };
    return {
      whole: document.canonicalizeToString(options),
      parts: document.find('//*').map((element) => (element as XmlElement).canonicalizeToString(options)),
    };
  } finally {
    document.dispose();
  }
}

describe('reading a signed document', () => {
  const hostile = {
    'a document type': '<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>',
    'an unknown entity': '<a>&e;</a>',
    'elements that do not close': '<a><b></a>',
    'an undeclared prefix': '<p:a/>',
    'two levels too many': '<a>'.repeat(201) + '</a>'.repeat(201),
    'too many attributes': `<a ${Array.from({ length: 1001 }, (_, index) => `a${index}='='`).join(' ')}/>`,
    'too many namespaces': `<a ${Array.from({ length: 201 }, (_, index) => `xmlns:a${index}="urn:x"`).join(' ')}/>`,
    nothing: '',
    'too many tags': `<a>${'<b/>'.repeat(1_000_001)}</a>`,
  } as const;

  for (const [name, text] of Object.entries(hostile))
    it(`refuses ${name}`, () => {
      expect(() => readTree(Buffer.from(text))).to.throw(FormatError);
    });

  it('knows elements by their Id, each of several', () => {
    const { byId } = readTree(Buffer.from('<a Id="1"><b ID="2"/><c id="2"/><d xml:id="3"/></a>'));
    expect([...byId].map(([id, elements]) => [id, elements.map(({ name }) => name)])).to.deep.equal([
      ['1', ['a']],
      ['2', ['b', 'c']],
      ['3', ['d']],
    ]);
  });
});
