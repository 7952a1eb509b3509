import { createRequire } from 'node:module';
import { type Font, openSync } from 'fontkit';

const files = { plain: 'DejaVuSans', bold: 'DejaVuSans-Bold', exact: 'DejaVuSansMono' } as const;

/** By which names documents ask for fonts. */
export type FontName = keyof typeof files;

const parsed = new Map<FontName, Font>();
const mostWords = 20_000;

/**
 * Gives a document the fonts of certificates, Serbian Cyrillic and Latin, by their names. Each is parsed once and each word
 * is laid out once, since certificates say mostly the same; a document embeds what it uses.
 */
export function registerFonts(sheet: PDFKit.PDFDocument, names: readonly FontName[]): void {
  for (const name of names) {
    const font = parsed.get(name) ?? withKnownWords(opened(name));
    parsed.set(name, font);
    sheet.registerFont(name, font as unknown as string); // PDFKit takes a parsed font where its types ask for a file
  }
}

function opened(name: FontName): Font {
  const font = openSync(createRequire(import.meta.url).resolve(`dejavu-fonts-ttf/ttf/${files[name]}.ttf`));
  if ('fonts' in font) throw new Error(`${files[name]} is a collection of fonts`);
  return font;
}

type GlyphRun = ReturnType<Font['layout']>;

/** PDFKit writes into the positions that it is given, so that each run is a copy. */
function withKnownWords(font: Font): Font {
  const known = new Map<string, GlyphRun>();
  const layout = font.layout.bind(font);
  font.layout = (text: string, features?: Parameters<Font['layout']>[1]) => {
    if (features) return layout(text, features);
    const before = known.get(text);
    if (before) return copied(before);
    const run = layout(text);
    if (known.size >= mostWords) known.clear();
    known.set(text, run);
    return copied(run);
  };
  return font;
}

function copied({ glyphs, positions }: GlyphRun): GlyphRun {
  const own = positions.map((position) => ({ ...position }));
  return {
    glyphs,
    positions: own,
    get advanceWidth() {
      return own.reduce((sum, { xAdvance }) => sum + xAdvance, 0);
    },
  } as GlyphRun;
}
