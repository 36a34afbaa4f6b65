import { z } from 'zod'
import { programOf } from './instances.ts'
import { createStepsRelay, stepping } from './steps-relay.ts'
import type { Supervisor } from './supervisor.ts'

const request = z.discriminatedUnion('action', [
  z.strictObject({ type: z.literal('control'), id: z.int(), action: z.enum(['list', 'onDemand']) }),
  z.strictObject({
    type: z.literal('control'),
    id: z.int(),
    action: z.enum(['kill', 'stop', 'start', 'restart']),
    name: z.string().max(64),
  }),
  z.strictObject({
    type: z.literal('control'),
    id: z.int(),
    action: z.literal('tell'),
    name: z.string().max(64),
    message: z.looseObject({ type: z.string().max(64) }),
  }),
  z.strictObject({ type: z.literal('control'), id: z.int(), action: z.literal('steps'), how: stepping }),
  z.strictObject({
    type: z.literal('control'),
    id: z.int(),
    action: z.literal('dieAt'),
    name: z.string().max(64),
    point: z.string().max(64).nullable(),
  }),
])

type Request = z.infer<typeof request>
type Answer = (answer: object) => void
type Processes = Pick<Supervisor, 'list' | 'kill' | 'stop' | 'start' | 'restart' | 'tell'>
type Steps = ReturnType<typeof createStepsRelay>

/** Only the control room may ask: it is where things are broken on purpose. */
const MAY_ASK = 'control'

/** Does to the processes what the control room asks for, in the demo; otherwise nobody is listened to. */
export function createDemoControl(supervisor: Processes, isDemo: boolean) {
  const steps = createStepsRelay(supervisor)
  return (from: string, message: unknown, answer: Answer): void => {
    if (!isDemo || steps.hear(from, message)) return
    const parsed = request.safeParse(message)
    if (programOf(from) !== MAY_ASK || !parsed.success) return
    const { type: _, id } = parsed.data
    const told = (more: object) => answer({ type: 'controlled', id, ...more })
    obey(supervisor, steps, parsed.data).then(
      () => told({ processes: processesFor(parsed.data, supervisor) }),
      (error) => told({ error: error instanceof Error ? error.message : String(error) }),
    )
  }
}

/** What stands still until it is asked for is no part of the shop, and is told of by itself. */
function processesFor({ action }: Request, supervisor: Processes) {
  return supervisor.list().filter(({ isOnDemand }) => isOnDemand === (action === 'onDemand'))
}

async function obey(supervisor: Processes, steps: Steps, wanted: Request): Promise<void> {
  switch (wanted.action) {
    case 'list':
    case 'onDemand':
      return
    case 'tell':
      return supervisor.tell(wanted.name, wanted.message)
    case 'kill':
      return supervisor.kill(wanted.name)
    case 'start':
      return supervisor.start(wanted.name)
    case 'stop':
      return supervisor.stop(wanted.name)
    case 'restart':
      return supervisor.restart(wanted.name)
    case 'steps':
      return steps.go(wanted.how)
    case 'dieAt':
      return steps.dieAt(wanted.name, wanted.point)
  }
}
