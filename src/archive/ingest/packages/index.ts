export { duplicateIn } from './duplicate-in.ts';
export { mayBePackage } from './open-received.ts';
export type { ReceivedPackage } from './received-package.ts';
export { takePackage } from './take-package.ts';
