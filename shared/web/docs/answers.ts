import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { root } from '../../root.ts'

/** Where the answers are kept; test/answers writes them. */
export const ANSWERS_FILE = join(root, 'shared/web/docs/answers.json')

/**
 * What was answered when somebody asked a whole shop with the commands of the examples: a body of JSON, or the text of
 * anything else. Keys, tokens and ids are replaced by ones that open nothing; of long lists the first items are kept.
 */
const recorded = z.object({
  status: z.int(),
  type: z.string().nullable(),
  body: z.unknown().optional(),
  text: z.string().optional(),
})

const answers = z.record(z.string(), recorded)

export type Recorded = z.infer<typeof recorded>

/** Read when they are first asked for: they are 60 kB, and the same for everybody. */
export const readAnswers = (): Record<string, Recorded> => (known ??= read())

let known: Record<string, Recorded> | undefined

const read = () => answers.parse(JSON.parse(readFileSync(ANSWERS_FILE, 'utf8')))
