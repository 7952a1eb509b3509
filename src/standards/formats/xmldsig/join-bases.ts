/** A URI reference in its parts (RFC 3986 appendix B), without its fragment: an `xml:base` has none. */
interface Reference {
  readonly scheme: string | undefined;
  readonly authority: string | undefined;
  readonly path: string;
  readonly query: string | undefined;
}

/**
 * Joins the `xml:base` of an element to that of one above it (Canonical XML 1.1 2.4, join-URI-References): as RFC 3986 5.2
 * does, but that the base may be relative, and then so is what comes out.
 */
export function joinBases(base: string, reference: string): string {
  const [above, own] = [partsOf(base), partsOf(reference)];
  if (own.scheme !== undefined) return written({ ...own, path: withoutDots(own.path) });
  if (own.authority !== undefined) return written({ ...own, scheme: above.scheme, path: withoutDots(own.path) });
  const { scheme, authority } = above;
  if (own.path === '') return written({ ...above, query: own.query ?? above.query });
  if (own.path.startsWith('/')) return written({ ...own, scheme, authority, path: withoutDots(own.path) });
  return written({ scheme, authority, path: withoutDots(merged(above, own.path)), query: own.query });
}

function partsOf(text: string): Reference {
  const [, scheme, authority, path = '', query] =
    /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?/.exec(text) ?? [];
  return { scheme, authority, path, query };
}

function written({ scheme, authority, path, query }: Reference): string {
  const start = `${scheme === undefined ? '' : `${scheme}:`}${authority === undefined ? '' : `//${authority}`}`;
  return `${start}${path}${query === undefined ? '' : `?${query}`}`;
}

/** RFC 3986 5.2.3. The last segment of the base gives way, but for `..`, which is a folder whatever follows it. */
function merged({ authority, path }: Reference, reference: string): string {
  if (authority !== undefined && path === '') return `/${reference}`;
  const folder = /(^|\/)\.\.?$/.test(path) ? `${path}/` : path.slice(0, path.lastIndexOf('/') + 1);
  return folder + reference;
}

/** RFC 3986 5.2.4, but that what leads out of a relative path stays, doubled slashes are one, and `..` at the end is a folder. */
function withoutDots(path: string): string {
  const isRooted = path.startsWith('/');
  const segments = path.split('/').filter((segment, index, all) => segment !== '' || index === all.length - 1);
  const kept: string[] = [];
  for (const [index, segment] of segments.entries()) {
    const isLast = index === segments.length - 1;
    if (segment === '..' && kept.length > 0 && kept.at(-1) !== '..') kept.pop();
    else if (segment === '..' && !isRooted) kept.push(segment);
    else if (segment !== '.' && segment !== '..') kept.push(segment);
    if (isLast && (segment === '.' || segment === '..')) kept.push('');
  }
  const joined = kept.join('/');
  return isRooted ? `/${joined}` : joined;
}
