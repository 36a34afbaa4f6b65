import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../../../shared/root.ts'
import type { SourceExcerpt, Sources } from './loop-answer.ts'

const CONSUMER = 'simulators/tutorial/consumer/consume.ts'
const PRODUCER = 'simulators/tutorial/producer/produce.ts'
const OURS = 'shared/protocol'

/** The tutorial's loop and the lines of ours that make the difference, with the true length of both; null where there are no sources, as in an image. */
export function readSources(): Sources | null {
  try {
    const protocol = readdirSync(join(root, OURS)).filter((name) => name.endsWith('.ts'))
    return {
      left: {
        lines: linesOf(textOf(CONSUMER)) + linesOf(textOf(PRODUCER)),
        excerpts: [functionIn(CONSUMER, 'consume'), functionIn(PRODUCER, 'produce')],
      },
      right: {
        lines: protocol.reduce((sum, name) => sum + linesOf(textOf(`${OURS}/${name}`)), 0),
        excerpts: [functionIn(`${OURS}/apply.ts`, 'applyBatch'), functionIn(`${OURS}/settle.ts`, 'remove')],
      },
    }
  } catch {
    return null
  }
}

const textOf = (file: string) => readFileSync(join(root, file), 'utf8')

const isCode = (line: string) => !/^\s*(\/\/|\/\*|\*|$)|^import /.test(line)
const linesOf = (text: string) => text.split('\n').filter(isCode).length

/** Throws when there is no such function. */
function functionIn(file: string, name: string): SourceExcerpt {
  const lines = textOf(file).split('\n')
  const start = lines.findIndex((line) => new RegExp(`^(export )?async function ${name}\\b`).test(line))
  const length = lines.slice(start).indexOf('}') + 1
  if (start < 0 || length === 0) throw new Error(`${file} has no function ${name}`)
  return { file, from: start + 1, lines: lines.slice(start, start + length) }
}
