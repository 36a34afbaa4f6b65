import { appendFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Message } from './message.ts'

/** The tutorial's own bank: a book with a line for each charge. The shop's gateway knows nothing of it. */
export function openBank(folder: string) {
  mkdirSync(folder, { recursive: true })
  let losesNext = false
  return {
    /** The next charge is in the book, and its answer gets lost. */
    loseNextAnswer: () => {
      losesNext = true
    },
    charge: ({ message_id: number, data: { cents } }: Message): void => {
      appendFileSync(join(folder, 'charges.jsonl'), `${JSON.stringify({ number, cents, at: Date.now() })}\n`)
      const isLost = losesNext
      losesNext = false
      if (isLost) throw new Error('the answer of the bank was lost')
    },
  }
}
