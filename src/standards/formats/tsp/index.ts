export {
  encodeTimestampRequest,
  readTimestampResponse,
  type TimestampAnswer,
  type TimestampWish,
} from './timestamp-exchange.ts';
export { readTimestampToken, type TimestampToken } from './timestamp-token.ts';
