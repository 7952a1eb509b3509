import type { Output } from './command.ts';

/** Speaks to the terminal. */
export function terminalOutput(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream, now: () => number): Output {
  let shown = 0;
  let open = false;
  const endProgress = () => {
    if (open && stderr.isTTY) stderr.write('\r\u001b[K');
    open = false;
  };
  return {
    json: (value) => void stdout.write(`${JSON.stringify(value)}\n`),
    line: (text) => {
      endProgress();
      stdout.write(`${text}\n`);
    },
    message: (text) => {
      endProgress();
      stderr.write(`${text}\n`);
    },
    progress: (done, total, what) => {
      const wait = stderr.isTTY ? 100 : 2000;
      if (now() - shown < wait && done < total) return;
      shown = now();
      const text = `${what}: ${done}/${total}`;
      open = stderr.isTTY;
      stderr.write(stderr.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
    },
  };
}
