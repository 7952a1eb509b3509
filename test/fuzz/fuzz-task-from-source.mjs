/** Lets worker threads run the TypeScript source: Node 20 does not give them tsx's loader. */
import { register } from 'tsx/esm/api';

register();
await import('./fuzz-task.ts');
