import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { CannotStart } from '../shared/cannot-start.ts'

const END_LIMIT_MS = 10_000
const POLL_MS = 20

/** Notes who a process is. Throws with `EEXIST` when `isExclusive` and the file is there. */
export function writePidFile(path: string, pid: number, isExclusive = false): void {
  writeFileSync(path, `${pid} ${birthOf(pid)}\n`, { flag: isExclusive ? 'wx' : 'w' })
}

/** The process that is noted in the file, if it is still that one and not another that got its number. */
export function livePidIn(path: string): number | undefined {
  const [pid, birth] = read(path)
  if (pid === undefined || birth === undefined) return undefined
  return isAlive(Number(pid)) && birthOf(Number(pid)) === birth ? Number(pid) : undefined
}

/** Ends the process noted in the file, if it still runs: politely, then by force. Returns its pid. */
export async function endLeftover(path: string): Promise<number | undefined> {
  const pid = livePidIn(path)
  if (pid === undefined) return undefined
  process.kill(pid, 'SIGTERM')
  if (!(await isGone(path))) process.kill(pid, 'SIGKILL')
  if (!(await isGone(path))) throw new CannotStart(`process ${pid} (${path}) cannot be ended`)
  rmSync(path, { force: true })
  return pid
}

async function isGone(path: string): Promise<boolean> {
  const until = performance.now() + END_LIMIT_MS
  while (livePidIn(path) !== undefined && performance.now() < until) await sleep(POLL_MS)
  return livePidIn(path) === undefined
}

function read(path: string): string[] {
  try {
    return /^(\d+) (.*)$/m.exec(readFileSync(path, 'utf8'))?.slice(1) ?? []
  } catch {
    return [] // no file, nobody noted
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM' // there, and somebody else's
  }
}

/** When a process began, in whatever words the system has for it: pid and birth together are never reused. */
function birthOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state, ...fields] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return state === 'Z' ? '' : (fields[18] ?? '') // a zombie is gone, only nobody has asked after it
  } catch {
    return birthByPs(pid) // not Linux
  }
}

function birthByPs(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return '' // gone
  }
}
