import type { Seen } from './list-files.ts'

/** Which files have not grown for a while. */
export type Stalls = { look(seen: Seen[]): void; isLeft(inode: string): boolean }

/** By a steady clock: what files say of their times may be anything. */
export function createStalls(leftMs: number, now: () => number = () => performance.now()): Stalls {
  let sizes = new Map<string, { size: number; since: number }>()
  return {
    look: (seen) => {
      sizes = new Map(
        seen.map(({ inode, size }) => {
          const before = sizes.get(inode)
          return [inode, before?.size === size ? before : { size, since: now() }]
        }),
      )
    },
    isLeft: (inode) => now() - (sizes.get(inode)?.since ?? now()) >= leftMs,
  }
}
