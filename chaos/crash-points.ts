import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Edit } from './doctored-tree.ts'

/** A place where the protocol could be cut, named by a comment in the sources. */
export type CrashPoint = { name: string; file: string }

/** Every crash point of the sources in `folder`, so that a new one is found by itself. */
export function crashPointsIn(folder: string): CrashPoint[] {
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  return sources.flatMap((source) => {
    const points = [...readFileSync(join(folder, source), 'utf8').matchAll(/\/\/ crash point: (.+)/g)]
    return points.map(([, name = '']) => ({ name, file: join('dist', folder, source.replace(/ts$/, 'js')) }))
  })
}

/** The file whose being there makes the crash points sharp: what happens before, as at the start, is not counted. */
export const ARMED = 'crash-points-armed'

/** The file a service leaves behind when it has died at a crash point. */
export const diedMark = (service: string, { name }: CrashPoint) => `died-${service}-${name.replaceAll(' ', '-')}`

/**
 * Makes each of these services kill itself, as by `kill -9`, when it comes past the point for the `pass`-th time,
 * and only once: when it is started again it lives.
 */
export function dieAt(point: CrashPoint, services: readonly string[], pass: number): Edit {
  const find = `// crash point: ${point.name}\n`
  return { file: point.file, find, replace: `${suicide(point, services, pass)}\n` }
}

function suicide(point: CrashPoint, services: readonly string[], pass: number): string {
  const marks = Object.fromEntries(services.map((service) => [service, diedMark(service, point)]))
  return `{
    const { existsSync, writeFileSync } = process.getBuiltinModule('node:fs')
    const mark = ${JSON.stringify(marks)}[process.argv[1].split('/').at(-2)]
    const isSharp = mark !== undefined && existsSync(process.env.DATA_DIR + '/${ARMED}')
    if (isSharp && !existsSync(process.env.DATA_DIR + '/' + mark)) {
      const passes = (globalThis.passes ??= {})
      passes[mark] = (passes[mark] ?? 0) + 1
      if (passes[mark] === ${pass}) {
        writeFileSync(process.env.DATA_DIR + '/' + mark, String(Date.now()))
        process.kill(process.pid, 'SIGKILL')
      }
    }
  }`
}
