import { expect } from 'chai';
import fc from 'fast-check';
import {
  element,
  isXmlText,
  readXml,
  textElement,
  writeXml,
  xmlText,
} from '../../../../../src/standards/formats/xml/index.ts';

const written = (text: string) => new TextDecoder().decode(writeXml(element('a', { b: text }, textElement('c', text))));

describe('writing XML', () => {
  it('escapes what would end an attribute or a text', () => {
    expect(written('<&>"\'')).to.contain('b="&lt;&amp;&gt;&quot;\'"').and.contain('<c>&lt;&amp;&gt;"\'</c>');
  });

  it('keeps line ends, which a reader would otherwise make into spaces or newlines', () => {
    const root = readXml(writeXml(element('a', { b: '1\r\n\t2' }, textElement('c', '1\r\n\t2'))));
    expect(root.attributes.get('b')).to.equal('1\r\n\t2');
    expect(root.children[0]?.text).to.equal('1\r\n\t2');
  });

  it('shows characters that XML cannot hold as U+FFFD', () => {
    expect(xmlText('a\u0000b\u000bc\uFFFEd\uD800e\uDC00f')).to.equal('a\uFFFDb\uFFFDc\uFFFDd\uFFFDe\uFFFDf');
    expect(xmlText('čћ 😀 \uFFFD')).to.equal('čћ 😀 \uFFFD');
  });

  it('leaves out attributes and children that are undefined', () => {
    expect(new TextDecoder().decode(writeXml(element('a', { b: undefined }, undefined)))).to.match(/<a\/>\n$/);
  });

  it('gives a reader every string back, but for what XML cannot hold', () => {
    const anyString = fc.string({ unit: 'binary', maxLength: 50 });
    const withLoneSurrogates = fc
      .array(fc.integer({ min: 0, max: 0xffff }))
      .map((codes) => String.fromCharCode(...codes));
    fc.assert(
      fc.property(fc.oneof(anyString, withLoneSurrogates), (text) => {
        const root = readXml(writeXml(element('a', { b: text }, textElement('c', text))));
        expect(root.attributes.get('b')).to.equal(xmlText(text));
        expect(root.children[0]?.text).to.equal(xmlText(text));
        expect(isXmlText(xmlText(text))).to.equal(true);
      }),
    );
  });
});
