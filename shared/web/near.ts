import { lookup } from 'node:dns'
import { isIP, type LookupFunction } from 'node:net'
import { networkInterfaces } from 'node:os'
import { isPrivate, withoutBrackets } from '../address.ts'

/** An address that came from data and will not do: nothing is sent there. */
export class FarAway extends Error {
  override name = 'FarAway'
}

/**
 * The origin in an address at which a worker says that it answers: `http://host:port`, and nothing beside. Of names only
 * the form is checked here; what they stand for `lookupNear` does. Throws `FarAway`.
 */
export function nearOrigin(text: string): string {
  const url = URL.parse(text)
  if (url === null || url.protocol !== 'http:' || url.href !== `${url.origin}/`)
    throw new FarAway('it is not of the form http://host:port')
  const host = withoutBrackets(url.hostname)
  if (isIP(host) > 0 && !isNear(host)) throw farAway(host)
  return url.origin
}

/** Resolves a name to those of its addresses that are near, when a connection is made, so that it cannot change between. */
export const lookupNear: LookupFunction = (name, options, done) => {
  lookup(name, { ...options, all: true }, (error, found = []) => {
    if (error !== null) return done(error, [])
    const near = found.filter(({ address }) => isNear(address))
    const [first] = near
    if (first === undefined) return done(farAway(name), [])
    if (options.all) done(null, near)
    else done(null, first.address, first.family)
  })
}

/** True for this machine, and for what no one on the internet can have: the networks of our own. */
function isNear(address: string): boolean {
  return isPrivate(address) || isOurs(address)
}

/** True for the addresses of this machine, by its own list. */
export function isOurs(address: string): boolean {
  return Object.values(networkInterfaces()).some((all) => all?.some((one) => one.address === address))
}

const farAway = (host: string) => new FarAway(`${host} is not in a private network`)
