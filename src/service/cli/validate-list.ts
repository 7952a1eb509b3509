import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import { ArchiveError } from '../../base/index.ts';
import type { CommandContext, ExitCode } from './command.ts';
import type { ValidationSettings } from './validate-file.ts';
import { type ValidatedLine, validateLine } from './validate-line.ts';

/** What a thread is given once: the anchors of a run are read once in each. */
export interface ListSettings extends Omit<ValidationSettings, 'source'> {
  readonly online: boolean;
}

const linesPerTask = 8;
/** Answers come in order: while a slow document is waited for, the other threads go on with as many. */
const tasksAhead = 16;
/** Below this the threads cost more than they bring. */
const fewLines = 48;

/**
 * Validates every line of a list: document, TAB, contents parted by `|`, TAB, case; paths from the list's folder or as they
 * stand. The answers come in the order of the lines, by as many threads as there are cores.
 */
export async function validateList(
  path: string,
  settings: ValidationSettings,
  { out }: Pick<CommandContext, 'out'>,
): Promise<ExitCode> {
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new ArchiveError('USAGE', `“${path}” cannot be read. Check the name.`, { cause });
  });
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const threads = availableParallelism();
  const validated =
    threads > 1 && lines.length > fewLines
      ? inThreads(lines, dirname(path), settings, threads)
      : inTurn(lines, dirname(path), settings);
  let [exit, done]: [ExitCode, number] = [0, 0];
  for await (const { file, json, isRefused, fault } of validated) {
    if (isRefused) exit = 1;
    if (fault) out.message(`${file}: ${fault}`);
    out.line(json);
    out.progress(++done, lines.length, 'validated');
  }
  return exit;
}

async function* inTurn(
  lines: readonly string[],
  folder: string,
  settings: ValidationSettings,
): AsyncGenerator<ValidatedLine> {
  for (const line of lines) yield validateLine(line, folder, settings);
}

async function* inThreads(
  lines: readonly string[],
  folder: string,
  { source, ...settings }: ValidationSettings,
  threads: number,
): AsyncGenerator<ValidatedLine> {
  const name = import.meta.url.endsWith('.ts') ? './validate-line-task-from-source.mjs' : './validate-line-task.js';
  const workerData: ListSettings = { ...settings, online: source !== undefined };
  const pool = new Piscina({
    filename: fileURLToPath(new URL(name, import.meta.url)),
    minThreads: threads,
    maxThreads: threads,
    workerData,
  });
  try {
    const waiting: Promise<ValidatedLine[]>[] = [];
    for (let at = 0; at < lines.length || waiting.length > 0; ) {
      while (at < lines.length && waiting.length < threads * tasksAhead) {
        waiting.push(pool.run({ lines: lines.slice(at, at + linesPerTask), folder }, { name: 'validateLines' }));
        at += linesPerTask;
      }
      yield* (await waiting.shift()) ?? [];
    }
  } finally {
    await pool.destroy();
  }
}
