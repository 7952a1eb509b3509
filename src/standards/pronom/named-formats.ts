import { completed } from './completed-finding.ts';
import type { FormatIdentification } from './format-identification.ts';
import type { FormatSignatures } from './format-signatures.ts';

/**
 * The formats that a name's extension speaks for. Only those without any signature: of the others one was looked for
 * and not found.
 */
export function formatsNamed(signatures: FormatSignatures, name: string): FormatIdentification[] {
  const extension = extensionOf(name);
  return (extension === undefined ? [] : (signatures.byExtension.get(extension) ?? []))
    .filter(({ puid }) => !signatures.signed.has(puid))
    .map(({ puid }) => completed(signatures, { puid, basis: 'extension' }));
}

/**
 * Text is often text of a kind that only its name tells: values separated by commas, source code. Formats whose media
 * type is one of text stand in the place of plain text; those that have none stand before it.
 */
export function textsNamed(
  signatures: FormatSignatures,
  name: string,
  plain: readonly FormatIdentification[],
): FormatIdentification[] {
  const named = formatsNamed(signatures, name).filter(({ puid }) => puid !== 'x-fmt/111');
  const texts = named.filter(({ mimeType }) => textTypes.test(mimeType));
  if (texts.length > 0) return texts;
  return [...named.filter(({ mimeType }) => mimeType === 'application/octet-stream'), ...plain];
}

const textTypes =
  /^text\/|^application\/(json|javascript|ecmascript|x-httpd-php|xml-dtd|sql|yaml|x-yaml|toml)$|\+(json|xml)$/;

/** Lower case, without the dot. */
export function extensionOf(name: string): string | undefined {
  return /\.([^./\\]{1,16})$/.exec(name)?.[1]?.toLowerCase();
}
