import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type ProgramName, programs } from '../services/all.ts'
import { calledFromHere, urlOf } from '../shared/address.ts'
import { isReader, services } from '../shared/routes.ts'
import { envFor } from '../shared/start/env-for.ts'
import type { ChildSpec } from './child.ts'
import type { LaunchConfig } from './launch-config.ts'
import { redisProcess } from './redis-process.ts'
import { thriftyEnv, thriftyFlags } from './thrift.ts'

const LOOPBACK = '127.0.0.1'
const SIMULATED_KEY = 'sk_test_simulator'
const SIMULATED_ACCOUNT = 'AC00000000000000000000000000000000'
const SIMULATED_NUMBER = '+15005550006' // a number that Twilio keeps for tests
const built = fileURLToPath(new URL('..', import.meta.url)) // dist

/** Picked once per run, so that a child that is started again is found where it was. */
export type Ports = Record<
  'shop' | 'control' | 'payment' | 'redis' | 'mailbox' | 'smtp' | 'gateway' | 'accounts' | 'notification' | 'sms',
  number
>

/** Made or found once per run. */
export type Secrets = {
  adminToken: string
  orderKeySecret: string
  callSecret: string
  sessionSecret: string
  sealSecret: string
  smsToken: string | undefined
  stripeWebhookSecret: string | undefined // the real Stripe makes its own, which we are told or have none
  redisPassword: string
}

/** Where people and processes find what this run brings. */
export type Addresses = {
  shopUrl: string
  controlUrl: string
  redisUrl: string
  smtpUrl: string
  mailboxUrl: string | undefined
  phonesUrl: string | undefined
  stripeSecretKey: string
  stripeApiBase: string | undefined
}

/** The addresses of a run: what was given, or else what the launcher brings itself. */
export function addressesOf(
  config: LaunchConfig,
  ports: Ports,
  { redisPassword }: Pick<Secrets, 'redisPassword'>,
): Addresses {
  return {
    shopUrl: urlOf(forPeople(config.host), ports.shop),
    controlUrl: urlOf(forPeople(config.host), ports.control),
    redisUrl: config.redisUrl ?? urlOf(LOOPBACK, ports.redis, 'redis').replace('//', `//:${redisPassword}@`),
    smtpUrl: config.smtpUrl ?? urlOf(LOOPBACK, ports.smtp, 'smtp'),
    mailboxUrl: config.smtpUrl === undefined ? urlOf(LOOPBACK, ports.mailbox) : undefined,
    phonesUrl: bringsSms(config) ? `${urlOf(LOOPBACK, ports.sms)}/phones` : undefined,
    stripeSecretKey: config.stripeSecretKey ?? SIMULATED_KEY,
    stripeApiBase: isStripeGiven(config) ? config.stripeApiBase : urlOf(LOOPBACK, ports.gateway),
  }
}

/** Whether there is a gateway already, so that none is brought. */
export function isStripeGiven({ stripeSecretKey, stripeApiBase }: Pick<LaunchConfig, StripeNames>): boolean {
  return stripeSecretKey !== undefined || stripeApiBase !== undefined
}
/** Whether we bring an SMS gateway: where none is given. A shop may do without, and then says by mail what it has to say. */
export function bringsSms({ smsAccount, smsApiBase, maySimulateSms }: Pick<LaunchConfig, SmsNames>): boolean {
  return smsAccount === undefined && smsApiBase === undefined && maySimulateSms
}
type SmsNames = 'smsAccount' | 'smsApiBase' | 'maySimulateSms'
type StripeNames = 'stripeSecretKey' | 'stripeApiBase'

/** The name that is easy to type, where it leads to the same. */
function forPeople(host: string): string {
  const called = calledFromHere(host)
  return called === LOOPBACK ? 'localhost' : called
}

/** Every process of a run, in the stages in which they are stopped: intake, workers, outside world, Redis. */
export function planLaunch(config: LaunchConfig, ports: Ports, secrets: Secrets): ChildSpec[][] {
  const env = serviceEnv(config, addressesOf(config, ports, secrets), secrets)
  const service = (name: ProgramName) =>
    nodeProcess(name, `services/${name}`, { ...env, ...ownEnv(name, config, ports) })
  return [
    [service('order')],
    programs.filter((name) => name !== 'order').map(service),
    simulators(config, ports, secrets),
    config.redisUrl === undefined ? [redisProcess(config, ports.redis, secrets.redisPassword)] : [],
  ]
}

/** What one program needs beyond what all get: those that people come to, where they listen and find each other. */
function ownEnv(name: ProgramName, config: LaunchConfig, ports: Ports): NodeJS.ProcessEnv {
  const at = (port: number) => urlOf(calledFromHere(config.host), port)
  const neighbours = {
    ...{ ORDER_URL: at(ports.shop), CONTROL_URL: at(ports.control), PAYMENT_URL: urlOf(LOOPBACK, ports.payment) },
    ...{ ACCOUNTS_URL: urlOf(LOOPBACK, ports.accounts), NOTIFICATION_URL: urlOf(LOOPBACK, ports.notification) },
  }
  const doors = { HOST: config.host, ...neighbours }
  if (name === 'order') return { ...doors, PORT: String(ports.shop) }
  if (name === 'control') return { ...doors, ...controlEnv(config, ports), CONTROL_PORT: String(ports.control) }
  // Order forwards what comes for these, and what we bring is on this machine: nobody else has to reach them.
  const trusting = { ...neighbours, TRUST_PROXY: trustingUs(config.inherited.TRUST_PROXY) }
  if (name === 'accounts') return { ...trusting, ...phonesEnv(config, ports), ACCOUNTS_PORT: String(ports.accounts) }
  if (name === 'notification') return { ...smsEnv(config, ports), NOTIFICATION_PORT: String(ports.notification) }
  return name === 'payment' ? { PAYMENT_PORT: String(ports.payment) } : {}
}

/** The gateway that we bring finds notification here; a real one finds it where people find the shop. */
function smsEnv(config: LaunchConfig, ports: Ports): NodeJS.ProcessEnv {
  if (!bringsSms(config)) return {}
  return {
    ...{ SMS_API_BASE: urlOf(LOOPBACK, ports.sms), SMS_ACCOUNT: SIMULATED_ACCOUNT },
    ...{ SMS_FROM: SIMULATED_NUMBER, SMS_WEBHOOK_URL: smsWebhooks(ports) },
  }
}

const smsWebhooks = (ports: Ports) => `${urlOf(LOOPBACK, ports.notification)}/webhooks/sms`

function controlEnv(config: LaunchConfig, ports: Ports): NodeJS.ProcessEnv {
  return {
    TRUST_PROXY: trustingUs(config.inherited.TRUST_PROXY),
    DEMO: String(config.isDemo),
    GATEWAY_URL: isStripeGiven(config) ? undefined : urlOf(LOOPBACK, ports.gateway),
    ...phonesEnv(config, ports),
  }
}

/** Where the SMS can be read; undefined where they are really sent. */
const phonesEnv = (config: LaunchConfig, ports: Ports): NodeJS.ProcessEnv => ({
  SMS_GATEWAY_URL: bringsSms(config) ? urlOf(LOOPBACK, ports.sms) : undefined,
})

/** Order stands in front, too, on this machine. A number counts from the one next to us, and order tells only of one. */
function trustingUs(given = ''): string {
  if (given === '') return 'loopback'
  return /^\d$/.test(given) ? given : `loopback,${given}`
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

function serviceEnv(config: LaunchConfig, addresses: Addresses, secrets: Secrets): NodeJS.ProcessEnv {
  return {
    ...commonEnv(config),
    REDIS_URL: addresses.redisUrl,
    SMTP_URL: addresses.smtpUrl,
    MAILBOX_URL: addresses.mailboxUrl,
    STRIPE_SECRET_KEY: addresses.stripeSecretKey,
    STRIPE_API_BASE: addresses.stripeApiBase,
    STRIPE_WEBHOOK_SECRET: secrets.stripeWebhookSecret,
    ADMIN_TOKEN: secrets.adminToken,
    ORDER_KEY_SECRET: secrets.orderKeySecret,
    CALL_SECRET: secrets.callSecret,
    SESSION_SECRET: secrets.sessionSecret,
    SEAL_SECRET: secrets.sealSecret,
    SMS_TOKEN: secrets.smsToken,
    SHOP_URL: config.shopUrl ?? addresses.shopUrl,
    WEBHOOK_NETWORKS: config.webhookNetworks,
  }
}

/** Ports are handed out one by one: a PORT or OPS_PORT meant for the shop would be taken by every child. */
function commonEnv(config: LaunchConfig): NodeJS.ProcessEnv {
  const own = { HOST: LOOPBACK, DATA_DIR: config.dataDir, LOG_LEVEL: config.logLevel }
  const ports = { PORT: undefined, OPS_PORT: undefined, CONTROL_PORT: undefined, PAYMENT_PORT: undefined }
  const others = { ACCOUNTS_PORT: undefined, NOTIFICATION_PORT: undefined }
  return { ...thriftyEnv, ...config.inherited, ...own, ...ports, ...others }
}

const patient = new Set(['notification', 'webhooks', 'mailbox', 'sms-gateway', 'control']) // a mail or a page can wait, an order should not
const isPatient = (name: string) => patient.has(name) || services.some((one) => one === name && isReader(one))

function nodeProcess(name: string, folder: string, env: NodeJS.ProcessEnv): ChildSpec {
  const args = [...thriftyFlags, join(built, folder, 'main.js')]
  return { name, command: process.execPath, args, env: envFor(name, env), ...(isPatient(name) && { niceness: 5 }) }
}
