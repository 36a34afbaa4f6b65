import { type ProgramName, programs } from '../services/all.ts'
import { CannotStart } from '../shared/cannot-start.ts'
import type { Ports } from './addresses.ts'
import type { ChildSpec } from './child-spec.ts'
import { isFree, pickPorts } from './ports.ts'

const MOST = 16 // of one program, on one machine
const PORT_MAX = 65_535
const NEXT = 100 // from the port of one that people come to, to that of the next

/** How many processes of each program are started; one where nothing is said. */
export type Instances = ReadonlyMap<ProgramName, number>

/** Reads `INSTANCES`: a number for all programs, or `order:2,inventory:3`. Throws `CannotStart`. */
export function instancesIn(text: string | undefined): Instances {
  if (text === undefined) return new Map()
  const all = /^\d{1,2}$/.test(text.trim()) ? programs.map((name) => `${name}:${text.trim()}`) : text.split(',')
  return new Map(all.map(instanceIn))
}

function instanceIn(text: string): [ProgramName, number] {
  const [name = '', count = ''] = text.split(':').map((part) => part.trim())
  const program = programs.find((one) => one === name)
  const wanted = /^\d{1,2}$/.test(count) ? Number(count) : 0
  if (program === undefined || wanted < 1 || wanted > MOST)
    throw new CannotStart(`INSTANCES: must be a number up to ${MOST}, or like order:2,inventory:3; not ${text}`)
  return [program, wanted]
}

/** What the nth process of a program is called. */
const nameOf = (program: ProgramName, nth: number) => (nth === 1 ? program : `${program}-${nth}`)

/** Of which program a process is, by what it is called. */
export const programOf = (name: string) => name.replace(/-\d+$/, '')

/** Ports of the further processes, by their names: a process that is started again is found where it was. */
export type MorePorts = ReadonlyMap<string, number>

/** Those that people come to are `NEXT` from each other if they may be, so that a balancer can be told of them; others have free ones. */
export async function portsOfMore(instances: Instances, ports: Ports, host: string): Promise<MorePorts> {
  const more = new Map<string, number>()
  const isTaken = (port: number) => [...Object.values(ports), ...more.values()].includes(port)
  for (const [program, count] of instances)
    for (let nth = 2; nth <= count; nth++) {
      const next = nextTo(program, nth, ports)
      const isIts = next !== null && !isTaken(next) && (await isFree(next, host))
      more.set(nameOf(program, nth), isIts ? next : await freePort(isTaken, host))
    }
  return more
}

function nextTo(program: ProgramName, nth: number, { shop, control, sale }: Ports): number | null {
  const ofPeople: Partial<Record<ProgramName, number>> = { order: shop, control, sale }
  const next = (ofPeople[program] ?? PORT_MAX) + NEXT * (nth - 1)
  return next > PORT_MAX ? null : next
}

async function freePort(isTaken: (port: number) => boolean, host: string): Promise<number> {
  for (;;) {
    const [port = 0] = await pickPorts(1, host)
    if (!isTaken(port)) return port
  }
}

/** Which variable tells a program where it listens, of those that are called there; all others have a free port of their own. */
const DOORS: Partial<Record<ProgramName, string>> = {
  order: 'PORT',
  control: 'CONTROL_PORT',
  payment: 'PAYMENT_PORT',
  notification: 'NOTIFICATION_PORT',
  accounts: 'ACCOUNTS_PORT',
  sale: 'SALE_PORT',
  live: 'LIVE_PORT',
  logs: 'LOGS_PORT',
}

/** A process, and as many more of its program as are wanted, each at a port of its own. */
export function severalOf(program: ProgramName, spec: ChildSpec, instances: Instances, ports: MorePorts): ChildSpec[] {
  const more = Array.from({ length: (instances.get(program) ?? 1) - 1 }, (_, i) => {
    const name = nameOf(program, i + 2)
    const door = DOORS[program]
    const cache = spec.env.NODE_COMPILE_CACHE
    const own = {
      ...(door !== undefined && { [door]: String(ports.get(name) ?? 0) }),
      ...(cache && { NODE_COMPILE_CACHE: `${cache}-${i + 2}` }),
    }
    const args = [...spec.args, String(i + 2)] // for whoever looks at the processes of this machine
    return { ...spec, name, args, env: { ...spec.env, ...own } }
  })
  return [spec, ...more]
}
