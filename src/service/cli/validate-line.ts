import { ArchiveError } from '../../base/index.ts';
import type { ValidationReport } from '../../standards/signatures/index.ts';
import { type ValidationSettings, validateFile } from './validate-file.ts';

/** A line's answer as it is printed, and what went wrong in the program itself, if anything did. */
export interface ValidatedLine {
  readonly answer: { readonly case?: string; readonly file: string } & (
    | ValidationReport
    | { readonly error: { readonly code: string; readonly message: string } }
  );
  readonly fault?: string;
}

/** Validates what one line of a list names. Whatever happens to it, the lines after it go on. */
export async function validateLine(line: string, folder: string, settings: ValidationSettings): Promise<ValidatedLine> {
  const [file = '', contents = '', name] = line.split('\t');
  const shown = { ...(name ? { case: name } : {}), file };
  try {
    const report = await validateFile(file, contents === '' ? [] : contents.split('|'), settings, folder);
    return { answer: { ...shown, ...report } };
  } catch (error) {
    if (error instanceof ArchiveError)
      return { answer: { ...shown, error: { code: error.code, message: error.message } } };
    const message = 'The document could not be processed; this is a fault of the program, not of the document.';
    return { answer: { ...shown, error: { code: 'FAULT', message } }, fault: String(error) };
  }
}
