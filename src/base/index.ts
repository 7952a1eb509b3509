export * from './byte-reader.ts';
export * from './clock.ts';
export * from './digest.ts';
export * from './errors.ts';
export * from './ids.ts';
export * from './serbian-latin.ts';
