import { expect } from 'chai';
import {
  childElements,
  dereference,
  elementsWithin,
  octetsOfNodes,
  readReferences,
  readTree,
} from '../../../../../src/standards/formats/xmldsig/index.ts';

const ds = 'http://www.w3.org/2000/09/xmldsig#';
const transforms = {
  enveloped: `<ds:Transform Algorithm="${ds}enveloped-signature"/>`,
  base64: `<ds:Transform Algorithm="${ds}base64"/>`,
  exclusive: '<ds:Transform Algorithm="http://www.w3.org/2001/10/xml-exc-c14n#"/>',
  xslt: '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/>',
  xpath: (text: string) =>
    `<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>${text}</ds:XPath></ds:Transform>`,
  filter: (how: string, text: string) =>
    `<ds:Transform Algorithm="http://www.w3.org/2002/06/xmldsig-filter2"><f:XPath xmlns:f="http://www.w3.org/2002/06/xmldsig-filter2" Filter="${how}">${text}</f:XPath></ds:Transform>`,
};

/** What a reference in a document of a few elements leads to: the octets to be hashed, or the kind of refusal. */
async function reached(uri: string | undefined, transform = '', outside?: string): Promise<string> {
  const at = uri === undefined ? '' : ` URI="${uri}"`;
  const reference =
    `<ds:Reference${at}>${transform ? `<ds:Transforms>${transform}</ds:Transforms>` : ''}` +
    `<ds:DigestMethod Algorithm="${ds}sha1"/><ds:DigestValue>AA==</ds:DigestValue></ds:Reference>`;
  const text =
    `<a xmlns:ds="${ds}"><!--note--><b Id="b">dGV4dA==</b><c Id="twice"/><c Id="twice"/>` +
    `<ds:Signature><ds:SignedInfo>${reference}</ds:SignedInfo></ds:Signature><ds:Signature>other</ds:Signature></a>`;
  const document = readTree(Buffer.from(text));
  const [signature] = childElements(document.root, 'Signature', ds);
  const [signedInfo] = elementsWithin(document.root).filter(({ name }) => name === 'SignedInfo');
  const [only] = signedInfo ? readReferences(signedInfo) : [];
  if (!signature || !only) throw new Error('the sample has a signature');
  const found = await dereference(only, {
    document,
    signature,
    budget: { left: 1 << 26 },
    outside: async () => (outside === undefined ? undefined : { octets: async () => Buffer.from(outside) }),
  });
  const octets =
    found.kind === 'nodes' ? octetsOfNodes(found.selection) : found.kind === 'octets' ? found.octets : undefined;
  return octets ? Buffer.from(octets).toString('utf8') : found.kind;
}

const other = '<ds:Signature>other</ds:Signature>';
const body = '<b Id="b">dGV4dA==</b><c Id="twice"></c><c Id="twice"></c>';

describe('following a reference', () => {
  it('takes out the signature that holds it, and no other', async () => {
    expect(await reached('', transforms.enveloped)).to.equal(`<a xmlns:ds="${ds}">${body}${other}</a>`);
  });

  it('leaves comments out, but for XPointers', async () => {
    expect(await reached('')).not.to.contain('note');
    expect(await reached('#xpointer(/)', transforms.exclusive.replace('#"', '#WithComments"'))).to.contain(
      '<!--note-->',
    );
    expect(await reached('', transforms.exclusive.replace('#"', '#WithComments"'))).not.to.contain('note');
  });

  it('leads to an element by Id', async () => {
    expect(await reached('#b')).to.equal(`<b xmlns:ds="${ds}" Id="b">dGV4dA==</b>`);
    expect(await reached("#xpointer(id('b'))", transforms.exclusive)).to.equal('<b Id="b">dGV4dA==</b>');
    expect(await reached('#b', transforms.base64)).to.equal('text');
  });

  it('is not decided by the order of elements with the same Id', async () => {
    expect(await reached('#twice')).to.equal('ambiguous');
  });

  it('leads nowhere where nothing is', async () => {
    expect(await reached('#none')).to.equal('missing');
    expect(await reached('file.xml')).to.equal('missing');
    expect(await reached(undefined)).to.equal('missing');
  });

  it('leads to what was given beside it, parsed where a transform asks for nodes', async () => {
    expect(await reached('file.xml', '', '<x  />')).to.equal('outside');
    expect(await reached('file.xml', transforms.exclusive, '<x  />')).to.equal('<x></x>');
    expect(await reached('file.xml', transforms.exclusive, '<!DOCTYPE x><x/>')).to.equal('refused');
  });

  it('refuses to run or fetch anything', async () => {
    expect(await reached('', transforms.xslt)).to.equal('refused');
    expect(await reached('', '<ds:Transform Algorithm="urn:unknown"/>')).to.equal('refused');
    expect(await reached('', transforms.exclusive.repeat(17))).to.equal('refused');
  });

  describe('by XPath', () => {
    it('keeps what is in no signature', async () => {
      const kept = await reached('', transforms.xpath('not(ancestor-or-self::ds:Signature)'));
      expect(kept).to.equal(`<a xmlns:ds="${ds}">${body}</a>`);
    });

    it('takes out this signature alone by the expression of the standard', async () => {
      const expression =
        'count(ancestor-or-self::ds:Signature | here()/ancestor::ds:Signature[1]) &gt; count(ancestor-or-self::ds:Signature)';
      expect(await reached('', transforms.xpath(expression))).to.equal(`<a xmlns:ds="${ds}">${body}${other}</a>`);
    });

    it('refuses what could tell attributes from their elements, or what it does not know', async () => {
      for (const expression of ['self::text()', 'true() and .', 'ancestor-or-self::node()', 'document("x")', '1 +', ''])
        expect(await reached('', transforms.xpath(expression)), expression).to.equal('refused');
    });

    it('refuses what takes too long', async () => {
      const expression = `count(//*[${'//*['.repeat(12)}//*${']'.repeat(12)}]) = 1`;
      expect(await reached('', transforms.xpath(expression))).to.equal('refused');
    });
  });

  describe('by XPath Filter 2.0', () => {
    it('subtracts, intersects and unites subtrees', async () => {
      const without = await reached('', transforms.filter('subtract', '/descendant::ds:Signature'));
      expect(without).to.equal(`<a xmlns:ds="${ds}">${body}</a>`);
      const only = await reached('', transforms.filter('intersect', "id('b')"));
      expect(only).to.equal(`<b xmlns:ds="${ds}" Id="b">dGV4dA==</b>`);
      const own = await reached('', transforms.filter('subtract', 'here()/ancestor::ds:Signature[1]'));
      expect(own).to.equal(`<a xmlns:ds="${ds}">${body}${other}</a>`);
    });

    it('refuses filters of attributes, and of no nodes', async () => {
      expect(await reached('', transforms.filter('subtract', '//@Id'))).to.equal('refused');
      expect(await reached('', transforms.filter('subtract', '1'))).to.equal('refused');
      expect(await reached('', transforms.filter('other', '//*'))).to.equal('refused');
    });
  });
});
