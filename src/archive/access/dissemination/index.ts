export { type DipOrder, type DipOrders, dipOrders } from './dip-orders.ts';
export { type DipRequest, makeDip, type Redaction } from './make-dip.ts';
export { bytesEntry } from './stored-bytes.ts';
