import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type ProgramName, programs } from '../services/all.ts'
import { urlOf } from '../shared/address.ts'
import { isReader, services } from '../shared/routes.ts'
import { envFor } from '../shared/start/env-for.ts'
import { addressesOf, bringsSms, isStripeGiven, LOOPBACK, type Ports } from './addresses.ts'
import type { ChildSpec } from './child-spec.ts'
import { type MorePorts, severalOf } from './instances.ts'
import type { LaunchConfig } from './launch-config.ts'
import { commonEnv, ownEnv, type Secrets, SIMULATED_ACCOUNT, serviceEnv, smsWebhooks } from './program-env.ts'
import { redisProcess } from './redis-process.ts'
import { thriftyFlags } from './thrift.ts'

const built = fileURLToPath(new URL('..', import.meta.url)) // dist

/** Every process of a run, in the stages in which they are stopped: intake, workers, outside world, Redis. */
export function planLaunch(
  config: LaunchConfig,
  ports: Ports,
  secrets: Secrets,
  morePorts: MorePorts = new Map(),
): ChildSpec[][] {
  const env = serviceEnv(config, addressesOf(config, ports, secrets), secrets)
  const service = (name: ProgramName) => {
    const own = { ...env, ...ownEnv(name, config, ports) }
    const spec = nodeProcess(name, `services/${name}`, own, config.isDemo ? demoFlags(name) : [])
    return severalOf(name, spec, config.instances, morePorts)
  }
  return [
    service('order'),
    programs.filter((name) => name !== 'order' && !config.without.includes(name)).flatMap(service),
    [
      ...simulators(config, ports, secrets),
      ...(config.isDemo ? [...tutorial(env), ...desk(config, ports, env), ...loyalty(env)] : []),
    ],
    config.redisUrl === undefined ? [redisProcess(config, ports.redis, secrets.redisPassword)] : [],
  ]
}

function simulators(config: LaunchConfig, ports: Ports, { stripeWebhookSecret, smsToken }: Secrets): ChildSpec[] {
  const env = commonEnv(config)
  const mailbox = { ...env, PORT: String(ports.mailbox), SMTP_PORT: String(ports.smtp) }
  const webhooks = {
    WEBHOOK_URL: `${urlOf(LOOPBACK, ports.payment)}/webhooks/stripe`,
    STRIPE_WEBHOOK_SECRET: stripeWebhookSecret,
  }
  const gateway = { ...env, ...webhooks, PORT: String(ports.gateway) }
  const own = { SMS_ACCOUNT: SIMULATED_ACCOUNT, SMS_TOKEN: smsToken, SMS_WEBHOOK_URL: smsWebhooks(ports) }
  const sms = { ...env, ...own, PORT: String(ports.sms) }
  return [
    ...(config.smtpUrl === undefined ? [nodeProcess('mailbox', 'simulators/mailbox', mailbox)] : []),
    ...(isStripeGiven(config) ? [] : [nodeProcess('payment-gateway', 'simulators/payment-gateway', gateway)]),
    ...(bringsSms(config) ? [nodeProcess('sms-gateway', 'simulators/sms-gateway', sms)] : []),
  ]
}

/** The tutorial's loop, beside ours: the tour starts it, and it costs nothing before. */
function tutorial(env: NodeJS.ProcessEnv): ChildSpec[] {
  return ['producer', 'consumer'].map((part) => {
    const spec = nodeProcess(`tutorial-${part}`, `simulators/tutorial/${part}`, env, slowMotion)
    return { ...spec, isOnDemand: true }
  })
}

/** How one signs up without a queue, for the tour: it writes to our stand-ins alone, never to anybody. */
function desk(config: LaunchConfig, ports: Ports, env: NodeJS.ProcessEnv): ChildSpec[] {
  if (config.smtpUrl !== undefined || !bringsSms(config)) return []
  const own = { ...env, ...ownEnv('notification', config, ports) }
  return [{ ...nodeProcess('tutorial-sign-up', 'simulators/tutorial/sign-up', own), isOnDemand: true }]
}

/**
 * The subscriber that a newcomer adds, for the tour: it knows the example's own folder, and senders that are started then know it.
 * Its books are a file, whatever database the shop has: it goes with the guest. None where it is a service of the shop.
 */
function loyalty(env: NodeJS.ProcessEnv): ChildSpec[] {
  if (new Set<string>(programs).has('loyalty')) return []
  const main = join(built, '../examples/loyalty/services/loyalty/main.ts')
  const args = [...thriftyFlags, ...slowMotion, ...withLoyalty, main]
  const own = envFor('inventory', { ...env, DATABASE_URL: undefined })
  return [{ name: 'loyalty', command: process.execPath, args, env: own, isOnDemand: true }]
}

const PATIENT = 5 // a mail or a page can wait, an order should not
const LAST = 10 // and least of all a crowd, all who watch, or what was written down
const nicenesses = new Map([
  ...['notification', 'webhooks', 'mailbox', 'sms-gateway', 'control'].map((name) => [name, PATIENT] as const),
  ...['sale', 'logs', ...services.filter(isReader)].map((name) => [name, LAST] as const),
])

/** In the demo a service can be watched step by step. */
const slowMotion = ['--import', pathToFileURL(join(built, 'simulators/slow-motion/register.js')).href]

/** Who sends to a service that the tour adds while the shop runs. */
const withLoyalty = ['--import', pathToFileURL(join(built, 'simulators/with-loyalty/register.js')).href]
const demoFlags = (name: ProgramName) => (name === 'payment' ? [...slowMotion, ...withLoyalty] : slowMotion)

function nodeProcess(name: string, folder: string, env: NodeJS.ProcessEnv, flags: string[] = []): ChildSpec {
  const args = [...thriftyFlags, ...flags, join(built, folder, 'main.js')]
  const niceness = nicenesses.get(name)
  return { name, command: process.execPath, args, env: envFor(name, withCache(name, env)), niceness }
}

/**
 * Node writes down what it has compiled as it ends, in hundreds of files. In one folder ten programs that end together wait
 * for each other, for longer than they are given on a machine that is busy.
 */
function withCache(name: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const folder = env.NODE_COMPILE_CACHE
  return folder ? { ...env, NODE_COMPILE_CACHE: join(folder, name) } : env
}
