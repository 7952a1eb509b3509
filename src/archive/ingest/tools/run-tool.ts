import { spawn } from 'node:child_process';

/** A program of others that is run on a document. */
export interface ToolRun {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly timeoutMs: number;
  /** Of address space, for programs that do not reserve more than they use. */
  readonly memoryBytes?: number;
  /** Runs it in a network namespace of its own, where the machine allows that. */
  readonly isOffline?: boolean;
}

/** What came of it. `failure` is a sentence's end. */
export interface ToolOutcome {
  readonly output: string;
  readonly failure?: string;
}

const mostOutput = 4 << 20;

/**
 * Runs a program without a shell around its arguments, in a process group that is killed when it takes too long, with limits of memory and
 * processor time, and an environment that holds nothing of ours.
 */
export async function runTool(run: ToolRun): Promise<ToolOutcome> {
  const isolated = run.isOffline && (await canIsolate()) ? ['unshare', '-rn'] : [];
  const limits = [
    `ulimit -t ${Math.ceil(run.timeoutMs / 1000) * 2}`,
    ...(run.memoryBytes ? [`ulimit -v ${Math.floor(run.memoryBytes / 1024)}`] : []),
    'exec "$@"',
  ].join('; ');
  return started(run, ['/bin/sh', '-c', limits, 'sh', ...isolated, run.command, ...run.arguments]);
}

function started(run: ToolRun, [command = '', ...args]: readonly string[]): Promise<ToolOutcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: run.folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH ?? '/usr/bin:/bin', HOME: run.folder, TMPDIR: run.folder, ...run.environment },
    });
    let output = '';
    let failure: string | undefined;
    const stop = (why: string) => {
      failure ??= why;
      if (child.pid !== undefined)
        try {
          process.kill(-child.pid, 'SIGKILL');
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error; // it ended by itself meanwhile
        }
    };
    const timer = setTimeout(() => stop(`took longer than ${run.timeoutMs / 1000} s`), run.timeoutMs);
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        if (stream === child.stdout) output += chunk.toString('utf8');
        if (output.length > mostOutput) stop('said too much');
      });
    child.on('error', (error) => {
      clearTimeout(timer);
      resolve({ output, failure: `cannot be started: ${error.message}` });
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      stop(''); // what it started and left behind
      if (failure === '') failure = undefined;
      const ended = code === 0 ? undefined : signal ? `was ended by ${signal}` : `ended with code ${code}`;
      const why = failure ?? ended;
      resolve({ output, ...(why ? { failure: why } : {}) });
    });
  });
}

let isolation: Promise<boolean> | undefined;

/** Whether a process without network can be made here; asked once. */
function canIsolate(): Promise<boolean> {
  isolation ??= started({ command: '', arguments: [], folder: '/', timeoutMs: 5000 }, ['unshare', '-rn', 'true']).then(
    ({ failure }) => failure === undefined,
  );
  return isolation;
}
