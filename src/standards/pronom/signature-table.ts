// biome-ignore-all lint/suspicious/noControlCharactersInRegex: byte signatures are made of them
/**
 * Byte signatures, first match wins: what is more special stands first. Patterns are matched on latin1 text of the first
 * and last 512 KiB. All are free of nested repetition, so none takes more than linear time.
 */
export interface ByteSignature {
  readonly puid: string;
  /** At the beginning of the file. */
  readonly start: RegExp;
  /** Anywhere in the first or last window. */
  readonly within?: RegExp;
}

const jpegExif = /^\xFF\xD8\xFF\xE1[\s\S]{2}Exif\x00\x00(MM\x00\*|II\*\x00)/;
const tiff = /^(II\*\x00|MM\x00\*)/;
const png = /^\x89PNG\r\n\x1A\n\x00\x00\x00\x0DIHDR/;
const richText = /^\{\\rtf?1?\\(ansi|mac|pca|pc)\\ansicpg/;
const richText2007 = /^\{\\rtf?1?[\s\S]{0,15}(ansi|mac|pca|pc)\\ansicpg/;
const styleFonts = /\\stshfdbch[\s\S]{1,5}\\stshfloch[\s\S]{1,5}\\stshfhich[\s\S]{1,5}\\stshfbi/;

/** The Exif version tag (0x9000, UNDEFINED, 4 bytes) in either byte order. */
function exifVersion(version: string): RegExp {
  return new RegExp(
    `\\x90\\x00\\x00\\x07\\x00\\x00\\x00\\x04${version}|\\x00\\x90\\x07\\x00\\x04\\x00\\x00\\x00${version}`,
  );
}

export const byteSignatures: readonly ByteSignature[] = [
  { puid: 'fmt/13', start: png, within: /iTXt/ },
  { puid: 'fmt/12', start: png, within: /iCCP|sPLT|sRGB/ },
  { puid: 'fmt/11', start: png },
  { puid: 'fmt/42', start: /^\xFF\xD8\xFF\xE0[\s\S]{2}JFIF\x00\x01\x00/ },
  { puid: 'fmt/43', start: /^\xFF\xD8\xFF\xE0[\s\S]{2}JFIF\x00\x01\x01/ },
  { puid: 'fmt/44', start: /^\xFF\xD8\xFF\xE0[\s\S]{2}JFIF\x00\x01\x02/ },
  { puid: 'x-fmt/398', start: jpegExif, within: exifVersion('0200') },
  { puid: 'x-fmt/390', start: jpegExif, within: exifVersion('0210') },
  { puid: 'x-fmt/391', start: jpegExif, within: exifVersion('0220') },
  { puid: 'fmt/645', start: jpegExif, within: exifVersion('0221') },
  { puid: 'fmt/1507', start: jpegExif, within: exifVersion('023[0-9]') },
  { puid: 'fmt/41', start: /^\xFF\xD8\xFF/ },
  { puid: 'x-fmt/399', start: tiff, within: exifVersion('0200') },
  { puid: 'x-fmt/388', start: tiff, within: exifVersion('0210') },
  { puid: 'x-fmt/387', start: tiff, within: exifVersion('0220') },
  { puid: 'fmt/353', start: tiff },
  { puid: 'fmt/3', start: /^GIF87a/ },
  { puid: 'fmt/4', start: /^GIF89a/ },
  { puid: 'x-fmt/392', start: /^\x00\x00\x00\x0CjP {2}\r\n\x87\n[\s\S]{4}ftypjp2/ },
  { puid: 'fmt/151', start: /^\x00\x00\x00\x0CjP {2}\r\n\x87\n[\s\S]{4}ftypjpx/ },
  { puid: 'fmt/463', start: /^\x00\x00\x00\x0CjP {2}\r\n\x87\n[\s\S]{4}ftypjpm/ },
  { puid: 'fmt/566', start: /^RIFF[\s\S]{4}WEBPVP8 / },
  { puid: 'fmt/567', start: /^RIFF[\s\S]{4}WEBPVP8L/ },
  { puid: 'fmt/568', start: /^RIFF[\s\S]{4}WEBPVP8X/ },
  { puid: 'fmt/115', start: /^BM[\s\S]{4}\x00{4}[\s\S]{4}\x0C\x00{3}[\s\S]{4}\x01\x00[\x01\x04\x08\x18]\x00/ },
  { puid: 'x-fmt/270', start: /^BM[\s\S]{12}[\x10\x30\x40]\x00{3}[\s\S]{8}\x01\x00/ },
  {
    puid: 'x-fmt/270',
    start: /^BM[\s\S]{12}\x28\x00{3}[\s\S]{8}(\x01\x00\x18\x00\x04\x00\x00\x00|\x01\x00\x01\x00\x03\x00\x00\x00)/,
  },
  { puid: 'fmt/117', start: /^BM[\s\S]{12}\x28\x00{3}[\s\S]{8}\x01\x00[\x10\x20]\x00\x03\x00\x00\x00/ },
  { puid: 'fmt/116', start: /^BM[\s\S]{12}\x28\x00{3}[\s\S]{8}\x01\x00/ },
  { puid: 'fmt/118', start: /^BM[\s\S]{12}\x6C\x00{3}[\s\S]{8}\x01\x00/ },
  { puid: 'fmt/119', start: /^BM[\s\S]{12}\x7C\x00{3}[\s\S]{8}\x01\x00/ },
  { puid: 'fmt/355', start: richText2007, within: /\\(\*\\colorschememapping|\*\\datastore|\*\\defchp|afelev)/ },
  { puid: 'fmt/53', start: richText2007, within: /\\lsdstimax/ },
  { puid: 'fmt/52', start: richText, within: styleFonts },
  { puid: 'fmt/50', start: richText },
  { puid: 'fmt/969', start: /^\{\\rtf0\\(ansi|mac|pca|pc)/ },
  { puid: 'fmt/45', start: /^\{\\rtf?1?\\(ansi|mac|pca|pc)/ },
  { puid: 'fmt/355', start: /^\{\\rtf1/ },
  { puid: 'fmt/484', start: /^7z\xBC\xAF\x27\x1C/ },
  { puid: 'fmt/613', start: /^Rar!\x1A\x07\x01\x00/ },
  { puid: 'x-fmt/264', start: /^Rar!\x1A\x07\x00[\s\S]{2}s[\s\S]{34}\x14/ },
  { puid: 'fmt/411', start: /^Rar!\x1A\x07\x00/ },
  { puid: 'x-fmt/266', start: /^\x1F\x8B\x08/ },
  { puid: 'x-fmt/265', start: /^[\s\S]{257}ustar/ },
];
