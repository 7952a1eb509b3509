export * from './write-der.ts';
