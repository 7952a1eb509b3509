import { BlockList, isIP } from 'node:net';

/**
 * Networks that a stranger's certificate has no business with: our own, those of this machine, and those that lead to
 * others by translation (IANA special-purpose registries, RFC 6890).
 */
const specialFour = new BlockList(); // apart from the other: a rule for mapped addresses would match all of these
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  specialFour.addSubnet(network, prefix, 'ipv4');
const specialSix = new BlockList();
for (const [network, prefix] of [
  ['::', 96],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const)
  specialSix.addSubnet(network, prefix, 'ipv6');

/** Whether an address is one of the public internet. @param address an IPv4 or IPv6 address, without brackets */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !specialFour.check(address, 'ipv4');
  return family === 6 && !specialSix.check(address, 'ipv6');
}
