export { parseDinars } from './dinars.ts';
export { type IpsFault, type IpsPayment, ipsText } from './ips-text.ts';
