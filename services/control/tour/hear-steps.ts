import { z } from 'zod'
import { excerptOf } from './excerpt.ts'
import { type Step, stepShape } from './seen.ts'

const told = stepShape.extend({ type: z.literal('step') })

/** Hears the steps that programs of the demo come past, by way of the launcher, until what is returned is called. */
export function hearSteps(hear: (step: Step) => void): () => void {
  const listen = (message: unknown) => {
    const { data } = told.safeParse(message)
    if (data === undefined) return
    const { type: _, ...step } = data
    hear({ ...step, excerpt: excerptOf(step.file, step.line) })
  }
  process.on('message', listen)
  return () => void process.off('message', listen)
}
