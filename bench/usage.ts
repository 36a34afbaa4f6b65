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
  return sum(pids, 'stat', (text) => {
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) * TICK_MS // user and system
  })
}

/** The same of a process and all that it has started, those that are gone included. */
export function familyCpuMsOf(pid: number): number | undefined {
  return sum([pid, ...childPidsOf(pid)], 'stat', (text) => {
    const [user, system, oldUser, oldSystem] = text
      .slice(text.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 15)
      .map(Number)
    return ((user ?? 0) + (system ?? 0) + (oldUser ?? 0) + (oldSystem ?? 0)) * TICK_MS
  })
}

/** Of those that it has started itself and that are there. */
function childPidsOf(pid: number): number[] {
  const path = `/proc/${pid}/task/${pid}/children`
  return existsSync(path) ? readFileSync(path, 'utf8').split(' ').filter(Boolean).map(Number) : []
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
