import { ArchiveError } from '../../base/index.ts';
import type { ValidationReport } from '../../standards/signatures/index.ts';
import { type ValidationSettings, validateFile } from './validate-file.ts';

/** A line's answer, and what went wrong in the program itself, if anything did. */
export interface ValidatedLine {
  readonly file: string;
  /** As it is printed: made where it was validated, so that the thread that prints does nothing else. */
  readonly json: string;
  /** There is no report: the document could not be read, or the program failed. */
  readonly isRefused: boolean;
  readonly fault?: string;
}

interface Answer {
  readonly case?: string;
  readonly file: string;
}

type Refusal = Answer & { readonly error: { readonly code: string; readonly message: string } };

/** Validates what one line of a list names. Whatever happens to it, the lines after it go on. */
export async function validateLine(line: string, folder: string, settings: ValidationSettings): Promise<ValidatedLine> {
  const [file = '', contents = '', name] = line.split('\t');
  const shown = { ...(name ? { case: name } : {}), file };
  try {
    const report = await validateFile(file, contents === '' ? [] : contents.split('|'), settings, folder);
    return { file, json: answered({ ...shown, ...report }), isRefused: false };
  } catch (error) {
    if (error instanceof ArchiveError)
      return {
        file,
        json: answered({ ...shown, error: { code: error.code, message: error.message } }),
        isRefused: true,
      };
    const message = 'The document could not be processed; this is a fault of the program, not of the document.';
    const json = answered({ ...shown, error: { code: 'FAULT', message } });
    return { file, json, isRefused: true, fault: String(error) };
  }
}

const answered = (answer: (Answer & ValidationReport) | Refusal) => JSON.stringify(answer);
