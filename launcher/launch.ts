import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { LogFile } from '../shared/log-file.ts'
import { closeToOthers, writePrivately } from '../shared/start/private-files.ts'
import { keptShopId, shopIdIn } from '../shared/store/corner.ts'
import { addressesOf, bringsSms, isStripeGiven } from './addresses.ts'
import { type Announcement, banner } from './banner.ts'
import { claimDataDir } from './data-dir.ts'
import { createDemoControl } from './demo-control.ts'
import { startGuard } from './guard.ts'
import { portsOfMore } from './instances.ts'
import { keptSecret, newSecret, type SecretName } from './kept-secret.ts'
import type { LaunchConfig } from './launch-config.ts'
import { planLaunch } from './launch-plan.ts'
import { portsFor } from './ports-for.ts'
import { endLeftoverRedis } from './redis-process.ts'
import { Screen } from './screen.ts'
import { listenForStop, type StopSignal } from './stop-signal.ts'
import { Supervisor } from './supervisor.ts'

const FLUSH_LIMIT_MS = 1_000
const LINES_ON_THEIR_WAY_MS = 100 // a process tells us that it is ready faster than it logs it; our word comes last

/**
 * Brings up Redis, the simulators and all services as processes of their own, keeps them running, and
 * stops them in order when told to. Resolves with the exit code when no process is left. Throws a
 * `CannotStart` when the start cannot go on.
 */
export async function launch(config: LaunchConfig): Promise<number> {
  const stop = listenForStop()
  writePrivately()
  const giveBack = claimDataDir(config.dataDir)
  const logFile = new LogFile(join(config.logsDir, 'orderline.log'))
  const screen = new Screen({ ...config, out: process.stdout, logFile })
  try {
    tellClosed(config.dataDir, screen)
    tellDemo(config, screen)
    tellShopId(config, screen)
    return await run(config, screen, stop)
  } finally {
    giveBack()
    await screen.flush(FLUSH_LIMIT_MS)
  }
}

/** Earlier versions let everyone on the machine read their files. */
function tellClosed(folder: string, screen: Screen): void {
  const closed = closeToOthers(folder)
  if (closed > 0) screen.say('warn', 'data.closed_to_others', { folder, closed })
}

async function run(config: LaunchConfig, screen: Screen, stop: StopSignal): Promise<number> {
  const { supervisor, announcement } = await prepare(config, screen)
  const killed = stop.insisted.then((why) => {
    screen.say('warn', 'launcher.killing', { why })
    supervisor.killAll()
  })
  try {
    const up = supervisor.startAll().then(() => announce(screen, announcement))
    await Promise.race([up, stop.asked])
    screen.say('info', 'launcher.stopping', { why: await stop.asked })
    return await Promise.race([supervisor.stopAll().then(() => 0), killed.then(() => 1)])
  } finally {
    await supervisor.stopAll()
    screen.say('info', 'launcher.stopped')
  }
}

async function prepare(config: LaunchConfig, screen: Screen) {
  const startedAtMs = performance.now()
  const pid = await endLeftoverRedis(config.dataDir)
  if (pid !== undefined) screen.say('warn', 'redis.leftover.ended', { pid })
  const ports = await portsFor(config)
  const morePorts = await portsOfMore(config.instances, ports, config.host)
  const kept = (name: SecretName) => keptSecret(config.dataDir, name, screen.say)
  const secrets = {
    adminToken: config.adminToken ?? kept('admin-token'),
    orderKeySecret: config.orderKeySecret ?? kept('order-key-secret'),
    callSecret: config.callSecret ?? kept('call-secret'),
    sessionSecret: config.sessionSecret ?? kept('session-secret'),
    sealSecret: config.sealSecret ?? kept('seal-secret'),
    smsToken: config.smsToken ?? (bringsSms(config) ? kept('sms-token') : undefined),
    stripeWebhookSecret:
      config.stripeWebhookSecret ?? (isStripeGiven(config) ? undefined : kept('stripe-webhook-secret')),
    redisPassword: newSecret(),
    redisPrefix: prefixOf(config),
  }
  const supervisor: Supervisor = new Supervisor(planLaunch(config, ports, secrets, morePorts), {
    say: screen.say,
    guard: startGuard(screen.say),
    asked: (name, message, answer) => obey(name, message, answer),
    output: (spec, text, stream) => screen.feed(spec, text, stream),
  })
  const obey = createDemoControl(supervisor, config.isDemo)
  const addresses = addressesOf(config, ports, secrets)
  return { supervisor, announcement: { addresses, adminToken: secrets.adminToken, startedAtMs } }
}

const prefixOf = ({ dataDir, inherited }: LaunchConfig) =>
  inherited.REDIS_PREFIX || (inherited.DATABASE_URL ? shopIdIn(dataDir) : undefined)

/** Whoever can reach the shop could break it; the banner says how to have it all the same. */
function tellDemo({ isDemoOffForOthers, host }: LaunchConfig, screen: Screen): void {
  const reason = `HOST=${host} lets other machines in: DEMO=true to have it all the same`
  if (isDemoOffForOthers) screen.say('warn', 'demo.off', { reason })
}

/** The services will make a new one, and push from their outboxes what waits under the old. */
function tellShopId({ dataDir, inherited }: LaunchConfig, screen: Screen): void {
  const hasBooks = readdirSync(dataDir).some((name) => name.endsWith('.db'))
  if (!hasBooks || inherited.REDIS_PREFIX || keptShopId(dataDir) !== undefined) return
  const reason = 'it was missing or garbled: the shop begins anew in Redis, where what it had stays under another name'
  screen.say('warn', 'shop.id.replaced', { path: join(dataDir, 'shop-id'), reason })
}

async function announce(screen: Screen, announcement: Announcement): Promise<void> {
  const { addresses, startedAtMs } = announcement
  const ms = Math.round(performance.now() - startedAtMs)
  await sleep(LINES_ON_THEIR_WAY_MS)
  screen.say('info', 'launcher.ready', { url: addresses.shopUrl, mailboxUrl: addresses.mailboxUrl, ms })
  screen.print(banner({ ...announcement, logPath: screen.logPath, paint: screen.paint, tookMs: ms }))
}
