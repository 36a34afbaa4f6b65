import { execFile } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import type { Victim } from './fault.ts'

const run = promisify(execFile)

/** A child of the launcher. `isGone` while it is dead and nobody has heard of it yet. */
export type Process = { pid: number; isGone: boolean; command: string }

/**
 * The processes that this one has started. Linux tells it by its files, a hundred times as cheap as a program that is
 * started for it: most faults ask.
 */
export async function childrenOf(parentPid: number): Promise<Process[]> {
  return HAS_PROC ? childrenInProc(parentPid) : childrenByPs(parentPid)
}

export const HAS_PROC = existsSync(`/proc/self/task/${process.pid}/children`)

/** By the files of Linux. */
export function childrenInProc(parentPid: number): Process[] {
  try {
    const tasks = readdirSync(`/proc/${parentPid}/task`)
    const pids = tasks.flatMap((task) => readFileSync(`/proc/${parentPid}/task/${task}/children`, 'utf8').split(' '))
    return pids.filter(Boolean).flatMap((pid) => processAt(Number(pid)))
  } catch {
    return [] // it has ended
  }
}

/** None when it has ended meanwhile. */
function processAt(pid: number): Process[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trimEnd()
    return [{ pid, isGone: /^ [ZX]/.test(stat.slice(stat.lastIndexOf(')') + 1)), command }]
  } catch {
    return []
  }
}

/** By `ps`, which every Unix has. */
export async function childrenByPs(parentPid: number): Promise<Process[]> {
  const { stdout } = await run('ps', ['-A', '-ww', '-o', 'pid=,ppid=,stat=,args='], { maxBuffer: MAX_OUTPUT_BYTES })
  return stdout.split('\n').flatMap((line) => {
    const [, pid, ppid, stat = '', command = ''] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.*)$/.exec(line) ?? []
    return Number(ppid) === parentPid ? [{ pid: Number(pid), isGone: stat.startsWith('Z'), command }] : []
  })
}

const MAX_OUTPUT_BYTES = 16 * 1024 * 1024

/** The process of that name among these. Throws when it is not running just now. */
export function find(victim: string, processes: Process[]): Process {
  const found = processes.find(({ command, isGone }) => !isGone && isOf(victim, command))
  if (found === undefined) throw new Error(`${victim} is not running`)
  return found
}

function isOf(victim: string, command: string): boolean {
  if (victim === 'redis') return command.includes('redis-server')
  const [, doubled] = /^(.+)-2$/.exec(victim) ?? []
  return command.endsWith(doubled === undefined ? `/${victim}/main.js` : `/${doubled}/main.js ${SECOND_MARK}`)
}

/** What the launcher gives the second one to tell it by. */
const SECOND_MARK = '2'

/** All processes of that name: of a service there may be a second one. Throws when none is running just now. */
export function findAll(victim: Victim, processes: Process[]): Process[] {
  const workers = [victim, `${victim}-2`]
  const found = processes.filter(({ command, isGone }) => !isGone && workers.some((one) => isOf(one, command)))
  if (found.length === 0) throw new Error(`${victim} is not running`)
  return found
}

/** Sends a signal; false when there is no such process any more. */
export function signal(pid: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}
