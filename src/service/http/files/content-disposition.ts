/**
 * `Content-Disposition` (RFC 6266) with the name in both forms: plain for old programs, RFC 5987 for the true letters.
 * Whatever a stranger put into the name, nothing of it ends the header or the folder of downloads.
 */
export function contentDisposition(kind: 'inline' | 'attachment', name: string): string {
  const safe = name.replace(/[\p{Cc}\p{Cf}\p{Cs}/\\]/gu, '_').replace(/^\.+/, '_') || 'file';
  const plain = safe.replace(/[^\x20-\x7e]/g, '_').replace(/["%;\\]/g, '_');
  const encoded = encodeURIComponent(safe).replace(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
