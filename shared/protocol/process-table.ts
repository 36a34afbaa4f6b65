import { createHash } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname, networkInterfaces } from 'node:os'

/**
 * Which process table this process is in: that of one boot of one machine, and there of one namespace of process ids. Two
 * hosts, or two containers, may have the same name, and the same ids in use.
 * Sources: https://man7.org/linux/man-pages/man5/proc_sys_kernel.5.html (boot_id), https://man7.org/linux/man-pages/man7/pid_namespaces.7.html
 */
export const processTable = onLinux() ?? elsewhere()

/** True when the process table says that this process has ended. Of a process that is in another one it says nothing. */
export function hasEnded({ table, pid }: { table?: string | undefined; pid: number }, own = processTable): boolean {
  return table === own && !isRunning(pid)
}

function onLinux(): string | null {
  try {
    return hashed(readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim(), readlinkSync('/proc/self/ns/pid'))
  } catch {
    return null // no Linux, or its /proc is hidden
  }
}

/** Its name and its network cards. Where they change, the older processes are told by their beats alone. */
function elsewhere(): string {
  const cards = Object.values(networkInterfaces()).flatMap((all) => (all ?? []).map(({ mac }) => mac))
  return hashed(hostname(), ...[...new Set(cards)].toSorted())
}

/** Nobody needs to know more of them than whether two are the same. */
function hashed(...texts: string[]): string {
  return createHash('sha256').update(texts.join('\n')).digest('base64url').slice(0, 16)
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM' // there, but somebody else's
  }
}
