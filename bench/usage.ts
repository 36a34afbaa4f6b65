import { existsSync, readFileSync } from 'node:fs'
import { childrenOf, type Process } from '../chaos/processes.ts'

const TICK_MS = 10 // of /proc, on every Linux there is

/** All processes that descend from this one. */
export async function descendantsOf(pid: number): Promise<Process[]> {
  const children = await childrenOf(pid)
  const families = children.map(async (child) => [child, ...(await descendantsOf(child.pid))])
  return (await Promise.all(families)).flat()
}

/** The pid of a service of the shop that this process has started. Throws where it is not there. */
export async function serviceOf(shopPid: number, name: string): Promise<number> {
  const found = (await descendantsOf(shopPid)).find(
    (one) => !one.isGone && one.command.includes(`/services/${name}/main.js`),
  )
  if (found === undefined) throw new Error(`the shop has no ${name}`)
  return found.pid
}

/** CPU time that these processes have taken so far; undefined on a system that does not tell. */
export function cpuMsOf(pids: number[]): number | undefined {
  return sum(pids, 'stat', (text) => (cpuTicksIn(text, OWN) ?? 0) * TICK_MS)
}

/** The same of a process and all that it has started itself, those that are gone included. */
export function familyCpuMsOf(pid: number): number | undefined {
  const children = statOf(`/proc/${pid}/task/${pid}/children`)?.split(' ').filter(Boolean) ?? []
  const own = cpuTicksIn(statOf(`/proc/${pid}/stat`), OWN_AND_GONE)
  if (own === undefined) return undefined
  const theirs = children.map((child) => cpuTicksIn(statOf(`/proc/${child}/stat`), OWN) ?? 0) // one may go meanwhile
  return theirs.reduce((total, ticks) => total + ticks, own) * TICK_MS
}

/** Fields of a process's stat: what it has taken itself, in user and system, and with that what its children had taken. */
const OWN = [11, 12]
const OWN_AND_GONE = [...OWN, 13, 14]

function cpuTicksIn(stat: string | undefined, wanted: number[]): number | undefined {
  if (stat === undefined) return undefined
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return wanted.reduce((total, field) => total + Number(fields[field]), 0)
}

function statOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined // it is gone, or this system tells nothing
  }
}

/** Memory of these processes, what they share counted once; undefined on a system that does not tell. */
export function memoryMbOf(pids: number[]): number | undefined {
  return sum(pids, 'smaps_rollup', (text) => Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1]) / 1_024)
}

function sum(pids: number[], file: string, read: (text: string) => number): number | undefined {
  const paths = pids.map((pid) => `/proc/${pid}/${file}`)
  if (!paths.every(existsSync)) return undefined
  return paths.reduce((total, path) => total + read(readFileSync(path, 'utf8')), 0)
}
