import { lookup } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { withoutBrackets } from '../../shared/address.ts'
import type { Config } from '../../shared/config.ts'
import { isOurs } from '../../shared/web/near.ts'

/** Which subscribers may be called, beside those on the internet, and whether without TLS. */
export type Networks = { isLoopbackAllowed: boolean; isPrivateAllowed: boolean; isPlainAllowed: boolean }

/** An address that is not called, with the reason for whoever registered it. */
export class OutOfReach extends Error {
  override name = 'OutOfReach'
}

export function networksOf({ WEBHOOK_NETWORKS, NODE_ENV }: Pick<Config, 'WEBHOOK_NETWORKS' | 'NODE_ENV'>): Networks {
  return {
    isLoopbackAllowed: WEBHOOK_NETWORKS.includes('loopback'),
    isPrivateAllowed: WEBHOOK_NETWORKS.includes('private'),
    isPlainAllowed: NODE_ENV !== 'production',
  }
}

const URL_MAX = 2_048

/** The address of a subscriber, in one spelling. Throws `OutOfReach`; what a name stands for `lookupIn` checks. */
export function subscriberUrl(text: string, networks: Networks): URL {
  const url = text.length > URL_MAX ? null : URL.parse(text)
  if (url === null) throw new OutOfReach('must be a URL, of at most 2048 characters')
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && networks.isPlainAllowed))
    throw new OutOfReach('must begin with https://')
  if (url.username !== '' || url.password !== '') throw new OutOfReach('must not carry a name or a password')
  if (url.hash !== '') throw new OutOfReach('must not carry a fragment')
  const host = withoutBrackets(url.hostname)
  if (isIP(host) > 0) requireReach(host, networks)
  return url
}

/**
 * Resolves a name when a connection is made, so that it cannot stand for something else by then. One of its addresses out
 * of reach is enough to refuse it.
 */
export function lookupIn(networks: Networks): LookupFunction {
  return (name, options, done) => {
    lookup(name, { ...options, all: true }, (error, found = []) => {
      if (error !== null) return done(error, [])
      const outside = found.find(({ address }) => !isInReach(address, networks))
      const [first] = found
      if (outside !== undefined || first === undefined) return done(tooNear(outside?.address ?? name), [])
      if (options.all) done(null, found)
      else done(null, first.address, first.family)
    })
  }
}

/** Throws `OutOfReach`. */
export function requireReach(address: string, networks: Networks): void {
  if (!isInReach(address, networks)) throw tooNear(address)
}

const tooNear = (address: string) =>
  new OutOfReach(`${address} is not an address on the internet, and not in WEBHOOK_NETWORKS`)

/** True for addresses on the internet, but those of this machine; and for what is allowed besides. */
function isInReach(address: string, { isLoopbackAllowed, isPrivateAllowed }: Networks): boolean {
  const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
  if (METADATA.check(address, family)) return false
  if (LOOPBACK.check(address, family)) return isLoopbackAllowed
  if (PRIVATE.check(address, family)) return isPrivateAllowed && !isOurs(address)
  return !SPECIAL[family].check(address, family) && !isOurs(address)
}

type Subnet = readonly [net: string, bits: number]

function blockList(v4: readonly Subnet[], v6: readonly Subnet[]): BlockList {
  const list = new BlockList()
  for (const [net, bits] of v4) list.addSubnet(net, bits, 'ipv4')
  for (const [net, bits] of v6) list.addSubnet(net, bits, 'ipv6')
  return list
}

/** Where machines in a cloud are told their secrets, though in private networks: Amazon's, Alibaba's. The others are link-local. */
const METADATA = blockList([['100.100.100.200', 32]], [['fd00:ec2::254', 128]])
const LOOPBACK = blockList([['127.0.0.0', 8]], [['::1', 128]])
const PRIVATE = blockList(
  [
    ['10.0.0.0', 8],
    ['172.16.0.0', 12],
    ['192.168.0.0', 16],
    ['100.64.0.0', 10],
  ],
  [['fc00::', 7]],
)

/**
 * Whatever else is not globally reachable, or leads to an IPv4 address by a detour. Link-local among it, and with that what most clouds tell their machines.
 * By family, for an IPv4 address is in ::/3, too, as a mapped one. Sources: https://www.iana.org/assignments/iana-ipv4-special-registry, …/iana-ipv6-special-registry
 */
const SPECIAL = {
  ipv4: blockList(
    [
      ['0.0.0.0', 8],
      ['169.254.0.0', 16],
      ['192.0.0.0', 24],
      ['192.0.2.0', 24],
      ['192.88.99.0', 24],
      ['198.18.0.0', 15],
      ['198.51.100.0', 24],
      ['203.0.113.0', 24],
      ['224.0.0.0', 3], // multicast, and all that is reserved
    ],
    [],
  ),
  ipv6: blockList(
    [],
    [
      ['::', 3], // all that is mapped, translated or compatible: nothing global begins so
      ['2001::', 23],
      ['2001:db8::', 32],
      ['2002::', 16],
      ['3fff::', 20],
      ['4000::', 2],
      ['8000::', 1], // link-local, site-local and multicast among them
    ],
  ),
}
