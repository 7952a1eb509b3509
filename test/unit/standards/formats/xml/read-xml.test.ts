import { expect } from 'chai';
import fc from 'fast-check';
import { FormatError } from '../../../../../src/base/index.ts';
import { childrenNamed, descendants, readXml } from '../../../../../src/standards/formats/xml/index.ts';

const read = (text: string) => readXml(new TextEncoder().encode(text));
const refuses = (text: string) => expect(() => read(text), text.slice(0, 60)).to.throw(FormatError);

describe('reading XML', () => {
  it('resolves prefixes of elements and attributes, and of nothing else', () => {
    const root = read('<a xmlns="u" xmlns:p="v" p:q="1" r="2"><p:c/><d/></a>');
    expect(root.namespace).to.equal('u');
    expect([...root.attributes]).to.deep.equal([
      ['{v}q', '1'],
      ['r', '2'],
    ]);
    expect(root.children.map(({ namespace, name }) => [namespace, name])).to.deep.equal([
      ['v', 'c'],
      ['u', 'd'],
    ]);
    expect(childrenNamed(root, 'd')).to.have.length(1);
    expect(childrenNamed(root, 'c')).to.have.length(0);
  });

  it('finds descendants at any depth in document order', () => {
    const root = read('<a><x i="1"><x i="2"/></x><b><x i="3"/></b></a>');
    expect(descendants(root, '', 'x').map((node) => node.attributes.get('i'))).to.deep.equal(['1', '2', '3']);
  });

  it('decodes the five entities and numbered characters, once', () => {
    expect(read('<a>&lt;&gt;&quot;&apos;&amp;lt;&#65;&#x10FFFF;</a>').text).to.equal('<>"\'&lt;A\u{10FFFF}');
  });

  it('takes CDATA as it stands', () => {
    expect(read('<a>x<![CDATA[<b>&amp;]]>y</a>').text).to.equal('x<b>&amp;y');
  });

  it('leaves out comments and processing instructions', () => {
    expect(read('<?xml version="1.0"?><!-- b --><a>x<!-- c --><?d e?>y</a>')).to.deep.include({
      text: 'xy',
      children: [],
    });
  });

  it('refuses document type declarations, and with them every entity of their making', () => {
    refuses('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>');
    refuses('<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>');
    refuses('<a>&b;</a>');
  });

  it('refuses what is not well-formed', () => {
    for (const text of [
      '',
      'text',
      '<a',
      '<a><b></a>',
      '<a/><b/>',
      '<a b="1" b="2"/>',
      '<a b=c/>',
      '<p:a/>',
      '<a>&#0;</a>',
      '<a>& </a>',
    ]) {
      refuses(text);
    }
  });

  it('refuses bytes that are not UTF-8 and characters that XML cannot hold', () => {
    expect(() => readXml(Uint8Array.of(0x3c, 0x61, 0xff, 0x2f, 0x3e))).to.throw(FormatError);
    refuses('<a>\u0001</a>');
  });

  it('refuses depth and width that would cost more than a document of ours ever does', () => {
    refuses('<a>'.repeat(100_000) + '</a>'.repeat(100_000));
    refuses(`<a>${'<b/>'.repeat(1_000_000)}</a>`);
    refuses(`<a ${Array.from({ length: 101 }, (_, index) => `xmlns:p${index}="u"`).join(' ')}/>`);
  });

  it('gives an element or a FormatError for any bytes', () => {
    const pieces = fc.constantFrom(
      '<',
      '>',
      '/',
      '<a',
      '</a>',
      '<a>',
      '=',
      '"',
      "'",
      '&',
      ';',
      '&#',
      '<!--',
      '-->',
      '<![CDATA[',
      ']]>',
      '<?',
      '?>',
      ' ',
      'x',
      ':',
      'xmlns:p="u"',
      '__proto__',
      '\u0000',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 20 }), (parts) => {
        try {
          read(parts.join(''));
        } catch (error) {
          expect(error).to.be.instanceOf(FormatError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
