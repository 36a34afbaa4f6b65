import { BlockList, isIP } from 'node:net'
import { hostname, type NetworkInterfaceInfo, networkInterfaces } from 'node:os'

const LOOPBACK = '127.0.0.1'
const EVERYWHERE = new Set(['0.0.0.0', '[::]', '[::ffff:0:0]']) // listened on, but no addresses to be called at

/** The URL of what answers at `host` and `port`; an IPv6 address stands in brackets there. */
export function urlOf(host: string, port: number, protocol: 'http' | 'smtp' | 'redis' = 'http'): string {
  return `${protocol}://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** Where other machines call what listens on `host`: by an address that this one has for them, if it listens everywhere. */
export function calledFromElsewhere(host: string): string {
  return isEverywhere(host) ? (outsideAddress(inUrl(host) === '[::]') ?? hostname()) : host
}

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>

/**
 * The first address that other machines have for this one, those of private networks first: only there programs of ours call each
 * other. Undefined where there is none. The name of a host would be shorter, but others need not know it.
 */
export function outsideAddress(hasIpv6: boolean, interfaces: Interfaces = networkInterfaces()): string | undefined {
  const all = Object.values(interfaces).flatMap((some = []) => some.filter(isOutside))
  const ipv6 = all.filter(({ family }) => hasIpv6 && family === 'IPv6')
  const inOrder = [...all.filter(({ family }) => family === 'IPv4'), ...ipv6]
  return (inOrder.find(({ address }) => isPrivate(address)) ?? inOrder[0])?.address
}

const isOutside = ({ internal, address }: NetworkInterfaceInfo) => !internal && !/^(fe80:|169\.254\.)/i.test(address)

/** Where programs of ours call one that listens on `host` and `port`: where we are `told`, which may say the port, too. */
export function advertisedUrl(told: string | undefined, host: string, port: number): string {
  if (told === undefined) return urlOf(calledFromElsewhere(host), port)
  const url = told.replace(/\/$/, '')
  return /:\d+$/.test(url) ? url : `${url}:${port}`
}

const PRIVATE = new BlockList()
for (const [net, bits] of [
  ['127.0.0.0', 8],
  ['10.0.0.0', 8], // RFC 1918, private
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['100.64.0.0', 10], // RFC 6598, shared: overlay networks
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv4')
PRIVATE.addAddress('::1', 'ipv6')
PRIVATE.addSubnet('fc00::', 7, 'ipv6') // RFC 4193, unique local

/** True for this machine, and for what no one on the internet can have. */
export function isPrivate(address: string): boolean {
  return PRIVATE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')
}

/** Where this machine calls what listens on `host`. */
export function calledFromHere(host: string): string {
  return isEverywhere(host) ? LOOPBACK : host
}

/** True when nobody but this machine can call what listens on `host`. */
export function isLoopback(host: string): boolean {
  const name = inUrl(host)
  return name === 'localhost' || name === '[::1]' || /^127\./.test(name) || name.startsWith('[::ffff:7f')
}

/** An IPv6 address without the brackets that it has in a URL, as sockets want it. */
export function withoutBrackets(host: string): string {
  return host.replace(/^\[(.*)\]$/, '$1')
}

/** True when `host` can be part of a URL: an address or a name. */
export function isHost(host: string): boolean {
  return URL.canParse(urlOf(host, 1)) && !/[/?#@]/.test(host)
}

/** True for `http://host` and `http://host:port`, and nothing beside. */
export function isOrigin(text: string): boolean {
  return /^http:\/\/[^\s/?#@]+\/?$/.test(text) && URL.canParse(text)
}

const isEverywhere = (host: string) => EVERYWHERE.has(inUrl(host))

/** In the one spelling that URLs have for it: `0` is 0.0.0.0, `0:0::1` is [::1]. */
const inUrl = (host: string) => new URL(urlOf(host, 1)).hostname
