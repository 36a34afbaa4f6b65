import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../../../shared/root.ts'
import type { Source, Sources } from './loop-answer.ts'

const CONSUMER = 'simulators/tutorial/consumer/consume.ts'
const PRODUCER = 'simulators/tutorial/producer/produce.ts'
const OURS = 'shared/protocol'

/** The tutorial's loop and ours, with their true lengths; null where the sources are not there, as in an image. */
export function readSources(): Sources | null {
  try {
    const all = readdirSync(join(root, OURS)).filter((name) => name.endsWith('.ts'))
    const protocol = all.map((name) => textOf(`${OURS}/${name}`))
    return {
      left: { ...sourceOf(CONSUMER), lines: linesOf(textOf(CONSUMER)) + linesOf(textOf(PRODUCER)) },
      right: { ...sourceOf(`${OURS}/apply.ts`), lines: protocol.reduce((sum, text) => sum + linesOf(text), 0) },
    }
  } catch {
    return null
  }
}

const textOf = (file: string) => readFileSync(join(root, file), 'utf8')
const sourceOf = (file: string): Omit<Source, 'lines'> => ({ file, text: textOf(file) })

const isCode = (line: string) => !/^\s*(\/\/|\/\*|\*|$)|^import /.test(line)
const linesOf = (text: string) => text.split('\n').filter(isCode).length
