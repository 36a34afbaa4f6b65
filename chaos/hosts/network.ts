import { mkdirSync } from 'node:fs'
import { command } from './command.ts'
import { addressOf, hostNames, OUTSIDE, type Place, places } from './host-names.ts'

const SWITCH = 'switch'
const MASK = '/24'
const NOWHERE = '02:00:00:00:00:99' // nobody has this hardware address: the switch drops what is sent there

/** A cut between two hosts: what the first sends does not reach the second and, unless it is `oneWay`, the other way round. */
type Cut = { from: Place; to: Place }

/** The cables between the hosts: a switch, which is a bridge in a namespace of its own, and a pair of veth for each. */
export class Network {
  readonly #cuts: Cut[] = []
  readonly #moved = new Map<string, Place>()

  /** Lays all cables. Only in a room of our own (`room.ts`): the names are plain, and go with the room. */
  static async lay(): Promise<Network> {
    await command('mount', '-t', 'tmpfs', 'none', '/run') // where `ip netns` keeps its names
    mkdirSync('/run/netns')
    await command('ip', 'netns', 'add', SWITCH)
    await command('ip', '-n', SWITCH, 'link', 'add', 'br0', 'type', 'bridge')
    await command('ip', '-n', SWITCH, 'link', 'set', 'br0', 'up')
    for (const name of hostNames) await command('ip', 'netns', 'add', name)
    for (const place of places) await connect(place)
    return new Network()
  }

  /** Moves an address to a host, and lets the others know at once, as keepalived does by a gratuitous ARP. */
  async move(address: string, to: Place): Promise<void> {
    const from = this.#moved.get(address)
    if (from !== undefined) await ip(from, 'addr', 'del', `${address}${MASK}`, 'dev', 'eth0').catch(() => {})
    await ip(to, 'addr', 'add', `${address}${MASK}`, 'dev', 'eth0')
    this.#moved.set(address, to)
    for (const place of places) await ip(place, 'neigh', 'del', address, 'dev', 'eth0').catch(() => {}) // never asked for it
    await this.#tellCuts()
  }

  /** Nothing comes from one to the other for a while, and nothing says so: what is sent is lost. */
  async cut(from: Place, to: Place, isOneWay: boolean): Promise<() => Promise<void>> {
    const cuts: Cut[] = [{ from, to }, ...(isOneWay ? [] : [{ from: to, to: from }])]
    this.#cuts.push(...cuts)
    await this.#tellCuts()
    return async () => {
      for (const cut of cuts) this.#cuts.splice(this.#cuts.indexOf(cut), 1)
      for (const cut of cuts) await this.#mend(cut)
      await this.#tellCuts() // another cut of the same two goes on
    }
  }

  /** Pulls a host's cable, and puts it back. */
  async unplug(place: Place): Promise<void> {
    await ip(place, 'link', 'set', 'eth0', 'down')
  }

  async plug(place: Place): Promise<void> {
    await ip(place, 'link', 'set', 'eth0', 'up')
    await this.#tellCuts() // a host forgets whom it knew
  }

  async #tellCuts(): Promise<void> {
    for (const { from, to } of this.#cuts)
      for (const address of this.#addressesOf(to))
        await ip(from, 'neigh', 'replace', address, 'lladdr', NOWHERE, 'dev', 'eth0', 'nud', 'permanent').catch(
          () => {},
        ) // unplugged
  }

  async #mend({ from, to }: Cut): Promise<void> {
    for (const address of [...this.#addressesOf(to), ...this.#moved.keys()])
      await ip(from, 'neigh', 'del', address, 'dev', 'eth0').catch(() => {}) // it was unplugged meanwhile
  }

  #addressesOf(place: Place): string[] {
    const moved = [...this.#moved].flatMap(([address, at]) => (at === place ? [address] : []))
    return [addressOf(place), ...moved]
  }
}

async function connect(place: Place): Promise<void> {
  const port = `to-${place}`
  const here = place === OUTSIDE ? String(process.pid) : place
  await command('ip', 'link', 'add', port, 'netns', SWITCH, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', here)
  await command('ip', '-n', SWITCH, 'link', 'set', port, 'master', 'br0', 'up')
  await ip(place, 'addr', 'add', `${addressOf(place)}${MASK}`, 'dev', 'eth0')
  await ip(place, 'link', 'set', 'lo', 'up')
  await ip(place, 'link', 'set', 'eth0', 'up')
}

/** What a host is told about its own network. */
const ip = (place: Place, ...args: string[]) => command('ip', ...(place === OUTSIDE ? [] : ['-n', place]), ...args)
