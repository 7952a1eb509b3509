export { formatGate } from './format-gate.ts';
export { requireLastingFormats } from './require-lasting-formats.ts';
