import { expect } from 'chai';
import fc from 'fast-check';
import { contentDisposition } from '../../../../../src/service/http/files/content-disposition.ts';

describe('Content-Disposition', () => {
  it('carries Serbian letters in the form of RFC 5987, and a plain name for old programs', () => {
    expect(contentDisposition('attachment', 'Уговор (1).pdf')).to.equal(
      `attachment; filename="______ (1).pdf"; filename*=UTF-8''%D0%A3%D0%B3%D0%BE%D0%B2%D0%BE%D1%80%20%281%29.pdf`,
    );
  });

  it('lets no name end the header, hide itself or lead out of a folder', () => {
    expect(contentDisposition('inline', 'a"; x=y\r\nSet-Cookie: b')).to.match(
      /^inline; filename="a__ x=y__Set-Cookie: b"; /,
    );
    expect(contentDisposition('inline', '../../etc/passwd')).to.include('filename="__.._etc_passwd"');
    expect(contentDisposition('inline', '.htaccess')).to.include('filename="_htaccess"');
    expect(contentDisposition('inline', '')).to.include('filename="file"');
  });

  it('is printable ASCII in one line, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const header = contentDisposition('attachment', name);
        expect(header).to.match(
          /^attachment; filename="[ !#$&-:<-[\]-~]*"; filename\*=UTF-8''[A-Za-z0-9%!._~$&+^`|#-]*$/,
        );
      }),
    );
  });
});
