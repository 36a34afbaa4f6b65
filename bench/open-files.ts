import { readFileSync } from 'node:fs'

const KEPT = 500 // for all else that a process has open

/** How many connections a process here may have open at most; those that the shop starts may have as many. */
export function connectionsMax(): number {
  const [, , hard] = /^Max open files\s+(\S+)\s+(\S+)/m.exec(readFileSync('/proc/self/limits', 'utf8')) ?? []
  return hard === 'unlimited' ? Number.POSITIVE_INFINITY : Number(hard) - KEPT
}
