import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Demo } from '../../demo/demo.ts'
import type { Customer } from './new-customer.ts'
import type { Way } from './sign-up-answer.ts'

const NAME = 'tutorial-sign-up'
const START_LIMIT_MS = 15_000
const ANSWER_LIMIT_MS = 30_000
const LOOK_MS = 50

const told = z.object({ type: z.literal('told'), id: z.string(), error: z.string().nullable() })

type Processes = Pick<Demo, 'control' | 'onDemand' | 'tell'>

/** The program that signs people up without a queue; the launcher starts it when somebody comes. */
export function createTutorialDesk(demo: Processes) {
  const stateNow = async () => (await demo.onDemand()).find(({ name }) => name === NAME)?.state
  return {
    /** Resolves when it is up. Rejects where this shop has none, or it does not come. */
    start: async (): Promise<void> => {
      if ((await stateNow()) === 'up') return
      await demo.control('start', NAME)
      for (const since = Date.now(); (await stateNow()) !== 'up'; await delay(LOOK_MS))
        if (Date.now() - since > START_LIMIT_MS) throw new Error(`${NAME} does not start`)
    },
    signUp: async (way: Exclude<Way, 'queue'>, customer: Customer): Promise<void> => {
      const id = crypto.randomUUID()
      await Promise.all([answerTo(id), demo.tell(NAME, { type: 'sign-up', id, way, customer })])
    },
    stop: () => demo.control('stop', NAME),
  }
}

/** Rejects with what it says has failed. */
function answerTo(id: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (error: string | null) => {
      clearTimeout(timer)
      process.off('message', hear)
      if (error === null) resolve()
      else reject(new Error(error))
    }
    const hear = (message: unknown) => {
      const { data } = told.safeParse(message)
      if (data?.id === id) settle(data.error)
    }
    const timer = setTimeout(() => settle(`${NAME} does not answer`), ANSWER_LIMIT_MS)
    process.on('message', hear)
  })
}
