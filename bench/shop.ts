import { type ChildProcess, spawn } from 'node:child_process'
import { z } from 'zod'

/** The whole shop, with the Redis, the payment gateway and the mailbox that it brings along. */
export type Shop = {
  url: string
  /** Where a service of its own door listens, as `sale`. */
  doors: Map<string, string>
  /** The pid of `npm start`; all other processes descend from it. */
  pid: number
  /** From the command to the line that says that all are healthy. */
  readyAfterMs: number
  stop(): Promise<void>
}

const START_LIMIT_MS = 60_000
const STOP_LIMIT_MS = 30_000
const TAIL_CHARS = 4_000

/** Runs `npm start` on a free port, with its files in `dataDir`, and with `more` in its environment. */
export async function startShop(dataDir: string, more: Record<string, string> = {}): Promise<Shop> {
  const sinceMs = performance.now()
  const env = { ...envOf(dataDir), ...more }
  const npm = spawn('npm', ['start'], { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
  const askToEnd = () => end(npm)
  process.prependOnceListener('exit', askToEnd) // before the folder it works in is removed
  const stop = async () => {
    await stopped(npm)
    process.off('exit', askToEnd)
  }
  try {
    const { url, doors } = await whenReady(npm)
    return { url, doors, pid: npm.pid ?? 0, readyAfterMs: performance.now() - sinceMs, stop }
  } catch (cause) {
    await stop()
    throw cause
  }
}

/** What the environment says of other shops is not meant for this one. */
function envOf(dataDir: string): NodeJS.ProcessEnv {
  const none = {
    REDIS_URL: '',
    SMTP_URL: '',
    STRIPE_SECRET_KEY: '',
    STRIPE_API_BASE: '',
    ADMIN_TOKEN: '',
    ORDER_KEY_SECRET: '',
    SHOP_URL: '',
    NODE_ENV: '',
  }
  const own = {
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'info',
    FORCE_COLOR: '0',
    RATE_LIMITS: 'off',
  }
  return { ...process.env, ...none, ...own }
}

/** Resolves with the shop's addresses when all of it is up; what it prints after that is let go unread. */
function whenReady(npm: ChildProcess): Promise<Pick<Shop, 'url' | 'doors'>> {
  return new Promise((resolve, reject) => {
    let said = ''
    const fail = (why: string) => reject(new Error(`npm start ${why}:\n${said.slice(-TAIL_CHARS)}`))
    const timer = setTimeout(() => fail('is not up in time'), START_LIMIT_MS)
    const hear = (text: string) => {
      said += text
      const url = urlIn(said)
      if (url === undefined) return
      clearTimeout(timer)
      for (const stream of [npm.stdout, npm.stderr]) stream?.off('data', hear).resume()
      resolve({ url, doors: doorsIn(said) })
    }
    for (const stream of [npm.stdout, npm.stderr]) stream?.setEncoding('utf8').on('data', hear)
    npm.once('error', (error) => fail(error.message))
    npm.once('close', () => fail('has ended'))
  })
}

const readyLine = z.object({ url: z.string() })
const serviceLine = readyLine.extend({ service: z.string() })

function urlIn(said: string): string | undefined {
  const [, line] = /^(\{.*"launcher\.ready".*)\n/m.exec(said) ?? []
  return line === undefined ? undefined : readyLine.parse(JSON.parse(line)).url.replace('localhost', '127.0.0.1')
}

function doorsIn(said: string): Map<string, string> {
  const lines = said.matchAll(/^(\{.*"msg":"ready".*)\n/gm)
  return new Map(
    [...lines].map(([, line = '']) => {
      const { service, url } = serviceLine.parse(JSON.parse(line))
      return [service, url]
    }),
  )
}

async function stopped(npm: ChildProcess): Promise<void> {
  if (npm.pid === undefined || npm.exitCode !== null || npm.signalCode !== null) return
  const gone = new Promise((resolve) => npm.once('exit', resolve))
  const late = new Promise((_, reject) => {
    setTimeout(() => reject(new Error('the shop does not end')), STOP_LIMIT_MS).unref()
  })
  end(npm)
  await Promise.race([gone, late])
}

/** In a group of their own, npm and the launcher hear it together; the launcher stops all others in order. */
function end({ pid, exitCode }: ChildProcess): void {
  if (pid !== undefined && exitCode === null) process.kill(-pid, 'SIGTERM')
}
