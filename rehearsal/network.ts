import type { Addresses } from './compose-file.ts'
import { run } from './run.ts'

const BRIDGE = 'rehearsal'
const BITS = 24
const DEFAULT = { subnet: '172.30.0.0/24', ip_range: '172.30.0.0/24', gateway: '172.30.0.1' }

/** A network of containers: each has a namespace of its own on one bridge, as an engine makes it. */
export class Network {
  readonly gateway: string
  readonly #prefix: string
  readonly #firstFree: number
  readonly #taken = new Set<string>()

  /** `fixed` are the addresses that services ask for; the others get those of `ip_range` that are free. */
  constructor({ subnet, ip_range, gateway }: Addresses = DEFAULT, fixed: readonly string[] = []) {
    if (!subnet.endsWith(`.0/${BITS}`)) throw new Error(`${subnet}: only networks of 256 addresses are rehearsed`)
    this.#prefix = subnet.slice(0, subnet.lastIndexOf('.') + 1)
    this.#firstFree = Number(/(\d+)\//.exec(ip_range)?.[1]) + 1
    this.gateway = gateway
    for (const address of [gateway, ...fixed]) this.#take(address)
  }

  #take(address: string): void {
    if (!address.startsWith(this.#prefix)) throw new Error(`${address} is not in the network ${this.#prefix}0`)
    if (this.#taken.has(address)) throw new Error(`${address} is given to two`)
    this.#taken.add(address)
  }

  /** Makes the bridge, in the namespace that the rehearsal itself runs in, and which goes with it. */
  async open(): Promise<void> {
    await run('ip', ['link', 'set', 'lo', 'up'])
    await run('ip', ['link', 'add', BRIDGE, 'type', 'bridge'])
    await run('ip', ['address', 'add', `${this.gateway}/${BITS}`, 'dev', BRIDGE])
    await run('ip', ['link', 'set', BRIDGE, 'up'])
  }

  /** An address that nobody has yet. */
  free(): string {
    for (let last = this.#firstFree; last < 255; last++)
      if (!this.#taken.has(this.#prefix + last)) {
        this.#take(this.#prefix + last)
        return this.#prefix + last
      }
    throw new Error('the network is full')
  }

  /** Makes a namespace with this address in the network, and returns its path. */
  async join(name: string, address: string): Promise<string> {
    const cable = `to${address.split('.').at(-1)}`
    await run('ip', ['netns', 'add', name])
    await run('ip', ['link', 'add', cable, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name])
    await run('ip', ['link', 'set', cable, 'master', BRIDGE, 'up'])
    const within = (...args: string[]) => run('ip', ['-netns', name, ...args])
    await within('link', 'set', 'lo', 'up')
    await within('address', 'add', `${address}/${BITS}`, 'dev', 'eth0')
    await within('link', 'set', 'eth0', 'up')
    await within('route', 'add', 'default', 'via', this.gateway)
    return `/run/netns/${name}`
  }
}
