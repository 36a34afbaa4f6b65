/** A place that a program comes past, of which it tells: where it stands in the sources, and what is known there. */
export type Place = { name: string; file: string; line: number }

/** What is known at a place: the messages that are under way there, and to or for which list. */
export type Known = { messages: unknown; queue?: unknown }

const POINT = /^(\s*)\/\/ crash point: (.+)$/

/** What is known at a point, as the code calls it. A point that is not named here is told without. */
const knownAt: Record<string, Record<keyof Known, string> | Pick<Record<keyof Known, string>, 'messages'>> = {
  'before commit': { messages: 'events' },
  'after commit': { messages: 'events' },
  'before push': { messages: 'elements', queue: 'queue' },
  'after push': { messages: 'elements', queue: 'queue' },
  'after pop': { messages: 'raw' },
  'before prepare': { messages: 'message' },
  'after prepare': { messages: 'message' },
  'gateway answered': { messages: 'message' },
  'sms begun': { messages: 'message' },
  'before acknowledge': { messages: 'all' },
  'after acknowledge': { messages: 'all' },
  'before requeue': { messages: 'message' },
  'after requeue': { messages: 'message' },
  'before delete of the row': { messages: 'rows', queue: 'queue' },
  'after delete of the row': { messages: 'rows', queue: 'queue' },
  'after delete of the field': { messages: 'rows', queue: 'queue' },
  'before the push': { messages: 'message' },
  pushed: { messages: 'message' },
  'status read': { messages: 'message' },
  popped: { messages: 'text' },
  charged: { messages: 'message' },
  'status set': { messages: 'message' },
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
      const place: Place = { name, file, line }
      return `${indent}globalThis.orderlineStep?.(${JSON.stringify(place)}${lookOf(name)})`
    })
    .join('\n')
}

/** What is known there is looked at only if it is told. */
function lookOf(name: string): string {
  const known = Object.entries(knownAt[name] ?? {}).map(([what, expression]) => `${what}: ${expression}`)
  return known.length === 0 ? '' : `, () => ({ ${known.join(', ')} })`
}
