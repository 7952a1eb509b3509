export type { CommandContext, ExitCode, OpenArchive, Output } from './command.ts';
export { terminalOutput } from './output.ts';
export { runCommand } from './run-command.ts';
