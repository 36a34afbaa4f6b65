import { z } from 'zod'
import { services } from '../../shared/routes.ts'
import { states } from '../../shared/states.ts'

const route = z.object({ event: z.string(), from: z.enum(services), to: z.array(z.enum(services)) })

const look = z.enum(['open', 'well', 'bad', 'undone'])
const orderState = z.object({ name: z.enum(states), look })

const simulator = z.object({
  name: z.string(),
  process: z.string().describe('The process that plays it'),
  service: z.enum(services).describe('Who needs it'),
  modes: z.array(z.string()).describe('The ways it can behave; `well` is as it should'),
})

const faults = z.object({
  counts: z.array(z.int()).describe('How many orders are offered to be placed at once'),
  unstoppable: z.array(z.string()).describe('Processes that may be killed, but not stopped'),
  simulators: z.array(simulator),
  phonesUrl: z.string().nullable().describe('Where SMS of the demo can be read; null where they are really sent'),
})

/** All that a control room has to know before it can show anything. The page reads these types, too. */
export const sessionAnswer = z.object({
  isDemo: z.boolean().describe('True where things may be broken on purpose.'),
  hasMailbox: z.boolean(),
  services: z.array(z.enum(services)).describe('In the order in which people meet them'),
  main: z.array(z.enum(services)).describe('Those of them that a shop cannot be without, along an order’s way'),
  routes: z.array(route).describe('Who hears what'),
  states: z.array(orderState).describe('Every state an order can be in, and how it looks'),
  faults: faults.nullable().describe('What may be broken on purpose; null where nothing may'),
})

export type Session = z.infer<typeof sessionAnswer>
export type Faults = z.infer<typeof faults>
export type Simulator = z.infer<typeof simulator>
export type OrderState = z.infer<typeof orderState>
export type Look = z.infer<typeof look>
