import type { EarkValidation } from '../../standards/packages/index.ts';
import { validatePackage } from './validate-package.ts';

/** Runs in a thread of its own; takes and gives what can be copied between threads. */
export function judgePackage(task: {
  readonly path: string;
  readonly at: Date;
  readonly specification: string | undefined;
}): Promise<EarkValidation> {
  return validatePackage(task.path, task.at, task.specification);
}
