import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ByteReader } from '../../../base/index.ts';
import { runTool } from './run-tool.ts';
import { inFolderWith } from './working-folder.ts';

/** A document as PDF/A-2b, and what made it. */
export interface Rendition {
  readonly content: Uint8Array;
  readonly tool: string;
}

/** Makes a PDF/A of an office document. `extension` tells the program how to read it: `docx`, `ods`. */
export type OfficeConverter = (
  document: ByteReader,
  extension: string,
) => Promise<Rendition | { readonly failure: string }>;

const largestRendition = 256 << 20;
const filters: Readonly<Record<string, string>> = {
  ods: 'calc',
  xlsx: 'calc',
  xls: 'calc',
  odp: 'impress',
  pptx: 'impress',
};

/**
 * LibreOffice, run for each document with an empty profile of its own (so without macros or settings of anybody), without
 * network where the machine allows that, with limits of time and memory.
 * @param command TRAJNO_SOFFICE
 */
export function libreOffice(command: string, { timeoutMs = 120_000 } = {}): OfficeConverter {
  return (document, extension) => {
    const name = `document.${/^[a-z0-9]{1,5}$/.test(extension) ? extension : 'bin'}`;
    return inFolderWith({ [name]: document }, async (folder) => {
      const filter = `${filters[extension] ?? 'writer'}_pdf_Export`;
      const options = '{"SelectPdfVersion":{"type":"long","value":"2"}}';
      const { failure } = await runTool({
        command,
        arguments: [
          `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
          '--headless',
          '--norestore',
          '--convert-to',
          `pdf:${filter}:${options}`,
          '--outdir',
          folder,
          name,
        ],
        folder,
        timeoutMs,
        memoryBytes: 4 * 2 ** 30,
        isOffline: true,
      });
      if (failure) return { failure };
      const made = join(folder, 'document.pdf');
      const size = (await stat(made).catch(() => undefined))?.size;
      if (size === undefined) return { failure: 'made no PDF' };
      if (size > largestRendition) return { failure: 'made a PDF of more than 256 MB' };
      return { content: await readFile(made), tool: await versionOf(command, folder) };
    });
  };
}

async function versionOf(command: string, folder: string): Promise<string> {
  const { output } = await runTool({ command, arguments: ['--version'], folder, timeoutMs: 20_000 });
  return /LibreOffice [0-9.]+/.exec(output)?.[0] ?? 'LibreOffice';
}
