import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

/**
 * Makes everything written below `folder` durable in one call: syncfs(2), by coreutils' `sync --file-system`.
 * A group of small records shares it; a sync per file would cost fifty times as much.
 * @throws Error with the cause when the medium could not keep what was written
 */
export async function syncFilesystem(folder: string): Promise<void> {
  const answer = await helperFor(folder).ask(folder);
  if (answer !== '0') throw new Error(`sync -f ${folder}: ${answer.replace(/^\d+ /, '')}`);
}

/**
 * A small process that starts `sync` for each line that it is sent, and tells how it ended: to start it from this process, with all
 * its memory, takes ten milliseconds in which nothing else is done. It ends with this process.
 */
interface SyncHelper {
  /** @returns `0`, or the exit code and what was said */
  ask(folder: string): Promise<string>;
}

const program =
  'while IFS= read -r folder; do said=$(sync -f "$folder" 2>&1); code=$?; ' +
  `[ "$code" = 0 ] && echo 0 || printf '%s %s\\n' "$code" "$(printf %s "$said" | tr '\\n' ' ')"; done`;

const helpers = new Map<string, SyncHelper>();

/** One for each folder, so that slow media do not wait for one another. */
function helperFor(folder: string): SyncHelper {
  if (folder.includes('\n')) throw new Error('a folder with a line end in its name cannot be a location');
  const known = helpers.get(folder) ?? startHelper(() => helpers.delete(folder));
  helpers.set(folder, known);
  return known;
}

function startHelper(onEnd: () => void): SyncHelper {
  const child = spawn('sh', ['-c', program], { stdio: ['pipe', 'pipe', 'ignore'], detached: true }); // Ctrl-C is for us alone
  const waiting: { resolve: (answer: string) => void; reject: (error: Error) => void }[] = [];
  const end = (cause?: unknown) => {
    onEnd();
    for (const { reject } of waiting.splice(0)) reject(new Error('what syncs the file system has ended', { cause }));
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    waiting.shift()?.resolve(line);
    if (waiting.length === 0) holdProcess(child, false);
  });
  child.once('error', end);
  child.once('close', () => end());
  child.stdin.on('error', end);
  holdProcess(child, false);
  return {
    ask: (folder) =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
        holdProcess(child, true);
        child.stdin.write(`${folder}\n`);
      }),
  };
}

/** Whether this process waits for the helper; one that is idle keeps nothing alive. */
function holdProcess(child: ChildProcessByStdio<Writable, Readable, null>, isHeld: boolean): void {
  const act = isHeld ? 'ref' : 'unref';
  child[act]();
  for (const stream of [child.stdin, child.stdout]) (stream as Partial<Record<'ref' | 'unref', () => void>>)[act]?.();
}

/** Makes a folder's own entries durable. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
