/** A place that a program comes past, of which it tells: where it stands in the sources, and what is known there. */
export type Place = { name: string; file: string; line: number }

const POINT = /^(\s*)\/\/ crash point: (.+)$/

/** What is known at a point of the messages that are under way there, as the code calls it. A point that is not named here is told without. */
const knownAt: Record<string, string> = {
  'before commit': 'events',
  'after commit': 'events',
  'before push': 'elements',
  'after push': 'elements',
  'after pop': 'raw',
  'before prepare': 'message',
  'after prepare': 'message',
  'gateway answered': 'message',
  'before acknowledge': 'all',
  'after acknowledge': 'all',
  'before requeue': 'message',
  'before delete of the row': 'rows',
  'after delete of the row': 'rows',
  'after delete of the field': 'rows',
}

/**
 * Compiled code in which each comment that names a point has become a call to `globalThis.orderlineStep`, in its line. `source`
 * is what it was compiled of, `file` its path from the root: the lines that are told are those of the source.
 */
export function insertSteps(compiled: string, source: string, file: string): string {
  const lines = source.split('\n')
  return compiled
    .split('\n')
    .map((text) => {
      const [, indent = '', name] = POINT.exec(text) ?? []
      if (name === undefined) return text
      const line = lines.findIndex((one) => one.trim() === text.trim()) + 1
      const known = knownAt[name]
      const look = known === undefined ? '' : `, () => ${known}`
      return `${indent}globalThis.orderlineStep?.(${JSON.stringify({ name, file, line } satisfies Place)}${look})`
    })
    .join('\n')
}
