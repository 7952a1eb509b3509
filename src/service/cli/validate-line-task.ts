/** What the threads of `validate-list.ts` do. */
import { workerData } from 'piscina';
import { onlineMaterial } from '../../archive/trust-services/index.ts';
import type { ValidationSettings } from './validate-file.ts';
import { type ValidatedLine, validateLine } from './validate-line.ts';
import type { ListSettings } from './validate-list.ts';

const { online, ...settings } = workerData as ListSettings;
const source = online ? onlineMaterial(() => new Date()) : undefined;
const complete: ValidationSettings = { ...settings, source };

export async function validateLines(task: { lines: readonly string[]; folder: string }): Promise<ValidatedLine[]> {
  const validated: ValidatedLine[] = [];
  for (const line of task.lines) validated.push(await validateLine(line, task.folder, complete));
  return validated;
}
