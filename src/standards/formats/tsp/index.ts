export { readTimestampToken, type TimestampToken } from './timestamp-token.ts';
