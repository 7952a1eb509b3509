/** Lets worker threads run the TypeScript source in development and tests: Node 20 does not give them tsx's loader. */
import { register } from 'tsx/esm/api';

register();
export const { writeVersion, placeVersion, readObjects, listObjects, digestFile, hashShared, validateObjects } =
  await import('./tasks.ts');
