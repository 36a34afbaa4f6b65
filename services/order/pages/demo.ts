import { join } from 'node:path'
import { z } from 'zod'
import type { Config } from '../../../shared/config.ts'
import type { Logger } from '../../../shared/logger.ts'
import { askLauncher, type Control, type Process } from './ask-launcher.ts'
import { type Burst, createBurst } from './place-burst.ts'

const SWITCH_LIMIT_MS = 1_000

const gateway = z.object({ outage: z.boolean(), delayMs: z.number(), loseAnswers: z.number() })
const mailbox = z.object({ down: z.boolean(), dropAfterAccept: z.number(), delayMs: z.number() })

export type Switches = { gateway: z.infer<typeof gateway>; mailbox: z.infer<typeof mailbox> }

/** What the demo shows of its own machinery; null where it cannot be asked. */
export type Scene = {
  processes: Process[]
  gateway: Switches['gateway'] | null
  mailbox: Switches['mailbox'] | null
  burst: Burst | null
}

/** The ways to break something. There is none unless the launcher started us for a demo, and never in production. */
export type Demo = {
  acceptedPath: string
  control(action: Control, name: string): Promise<void>
  turn(of: keyof Switches, to: object): Promise<void>
  place(count: number): boolean
  scene(): Promise<Scene>
  stop(): void
}

/** Returns null where nothing may be broken. */
export function createDemo(config: Config, log: Logger): Demo | null {
  const { DEMO: isDemo, NODE_ENV: nodeEnv, DATA_DIR, HOST, PORT } = config
  const urls = { gateway: config.GATEWAY_URL, mailbox: config.MAILBOX_URL }
  if (!isDemo || nodeEnv === 'production' || process.send === undefined) return null
  const acceptedPath = join(DATA_DIR, 'demo-accepted.txt')
  const host = HOST === '0.0.0.0' ? '127.0.0.1' : HOST
  const burst = createBurst({ url: `http://${host}:${PORT}`, acceptedPath, log })
  return {
    acceptedPath,
    control: async (action, name) => void (await askLauncher({ action, name })),
    turn: async (of, to) => void (await switches(urls[of], to)),
    place: burst.place,
    scene: async () => {
      const [processes, gates, mails] = await Promise.all([
        askLauncher({ action: 'list' }).catch(() => []),
        switches(urls.gateway).catch(() => null),
        switches(urls.mailbox).catch(() => null),
      ])
      const seen = { gateway: gateway.safeParse(gates).data ?? null, mailbox: mailbox.safeParse(mails).data ?? null }
      return { processes, ...seen, burst: burst.progress() }
    },
    stop: burst.stop,
  }
}

async function switches(url: string | undefined, to?: object): Promise<unknown> {
  if (url === undefined) throw new Error('there is no such simulator in this demo')
  const response = await fetch(`${url}/_switches`, {
    ...(to && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(to) }),
    signal: AbortSignal.timeout(SWITCH_LIMIT_MS),
  })
  if (!response.ok) throw new Error(`the simulator answers ${response.status}`)
  return response.json()
}
