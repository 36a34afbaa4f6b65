import { lookup } from 'node:dns/promises'
import { withoutBrackets } from '../address.ts'

const LOOK_MS = 10_000 // a container that is started anew may have another address

/** Tells whether an address is that of one of these programs, by what their names stand for now. */
export function createNeighbours(urls: string[]): (address: string) => boolean {
  const hosts = urls.map((url) => withoutBrackets(new URL(url).hostname))
  let known = new Set<string>()
  const look = async () => {
    const found = await Promise.allSettled(hosts.map((host) => lookup(host, { all: true })))
    const addresses = found.flatMap((one) => (one.status === 'fulfilled' ? one.value : []))
    if (addresses.length > 0) known = new Set(addresses.map(({ address }) => address))
  }
  if (hosts.length > 0) {
    void look()
    setInterval(look, LOOK_MS).unref()
  }
  return (address) => known.has(address.replace(/^::ffff:/, ''))
}
