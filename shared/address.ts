import { hostname } from 'node:os'

const LOOPBACK = '127.0.0.1'
const EVERYWHERE = new Set(['0.0.0.0', '[::]', '[::ffff:0:0]']) // listened on, but no addresses to be called at

/** The URL of what answers at `host` and `port`; an IPv6 address stands in brackets there. */
export function urlOf(host: string, port: number, protocol: 'http' | 'smtp' | 'redis' = 'http'): string {
  return `${protocol}://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** Where other machines call what listens on `host`: by the name of this one, if it listens everywhere. */
export function calledFromElsewhere(host: string): string {
  return isEverywhere(host) ? hostname() : host
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

const isEverywhere = (host: string) => EVERYWHERE.has(inUrl(host))

/** In the one spelling that URLs have for it: `0` is 0.0.0.0, `0:0::1` is [::1]. */
const inUrl = (host: string) => new URL(urlOf(host, 1)).hostname
