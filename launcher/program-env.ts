import type { ProgramName } from '../services/all.ts'
import { calledFromHere, isLoopback, urlOf } from '../shared/address.ts'
import { environment } from '../shared/start/environment.ts'
import { type Addresses, bringsSms, forPeople, isStripeGiven, LOOPBACK, type Ports } from './addresses.ts'
import type { LaunchConfig } from './launch-config.ts'
import { thriftyEnv } from './thrift.ts'

export const SIMULATED_ACCOUNT = 'AC00000000000000000000000000000000'
const SIMULATED_NUMBER = '+15005550006' // a number that Twilio keeps for tests

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
  /** Programs that have a database that others may have, too, look for no name in their folder. */
  redisPrefix?: string | undefined
}

/** What one program needs beyond what all get: those that people come to, where they listen and find each other. */
export function ownEnv(name: ProgramName, config: LaunchConfig, ports: Ports): NodeJS.ProcessEnv {
  const at = (port: number) => urlOf(calledFromHere(config.host), port)
  const neighbours = {
    ...{ ORDER_URL: at(ports.shop), CONTROL_URL: at(ports.control), PAYMENT_URL: urlOf(LOOPBACK, ports.payment) },
    ...{ ACCOUNTS_URL: urlOf(LOOPBACK, ports.accounts), NOTIFICATION_URL: urlOf(LOOPBACK, ports.notification) },
    ...{ SALE_URL: at(ports.sale), LIVE_URL: urlOf(LOOPBACK, ports.live), LOGS_URL: urlOf(LOOPBACK, ports.logs) },
  }
  const doors = { HOST: config.host, ...neighbours, SALE_PAGES_URL: salePagesOf(config, ports) }
  if (name === 'order') return { ...doors, PORT: String(ports.shop), DEMO: String(config.isDemo) }
  if (name === 'control') return { ...doors, ...controlEnv(config, ports), CONTROL_PORT: String(ports.control) }
  if (name === 'sale') return { HOST: config.host, ...neighbours, SALE_PORT: String(ports.sale) }
  // Order forwards what comes for these, and what we bring is on this machine: nobody else has to reach them.
  const trusting = { ...neighbours, TRUST_PROXY: trustingUs(config.inherited.TRUST_PROXY) }
  if (name === 'accounts') return { ...trusting, ...phonesEnv(config, ports), ACCOUNTS_PORT: String(ports.accounts) }
  if (name === 'live') return { ...trusting, LIVE_PORT: String(ports.live) }
  if (name === 'logs') return { ...trusting, LOGS_PORT: String(ports.logs) }
  if (name === 'notification')
    return { ...trusting, ...smsEnv(config, ports), NOTIFICATION_PORT: String(ports.notification) }
  return name === 'payment' ? { PAYMENT_PORT: String(ports.payment) } : {}
}

/** The crowd of a sale shall not come by way of order: but where other machines come in, only whoever runs it knows by what name. */
function salePagesOf({ salePagesUrl, shopUrl, host, without }: LaunchConfig, ports: Ports): string | undefined {
  const isHere = shopUrl === undefined && isLoopback(host) && !without.includes('sale')
  return salePagesUrl ?? (isHere ? urlOf(forPeople(host), ports.sale) : undefined)
}

/** The gateway that we bring finds notification here; a real one finds it where people find the shop. */
function smsEnv(config: LaunchConfig, ports: Ports): NodeJS.ProcessEnv {
  if (!bringsSms(config)) return {}
  return {
    ...{ SMS_API_BASE: urlOf(LOOPBACK, ports.sms), SMS_ACCOUNT: SIMULATED_ACCOUNT },
    ...{ SMS_FROM: SIMULATED_NUMBER, SMS_WEBHOOK_URL: smsWebhooks(ports) },
  }
}

/** Where the SMS gateway that we bring finds notification. */
export const smsWebhooks = (ports: Ports) => `${urlOf(LOOPBACK, ports.notification)}/webhooks/sms`

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

/** What all services need to find each other, and what they share; `envFor` gives each its own of it. */
export function serviceEnv(config: LaunchConfig, addresses: Addresses, secrets: Secrets): NodeJS.ProcessEnv {
  return {
    ...commonEnv(config),
    REDIS_URL: addresses.redisUrl,
    ...(secrets.redisPrefix !== undefined && { REDIS_PREFIX: secrets.redisPrefix }),
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
    OPEN_DOOR: String(config.isDoorOpen),
    WEBHOOK_NETWORKS: config.webhookNetworks,
  }
}

/**
 * Ports are handed out one by one: a PORT or OPS_PORT meant for the shop would be taken by every child. What they all print
 * goes to one log file, which is the launcher's.
 */
export function commonEnv(config: LaunchConfig): NodeJS.ProcessEnv {
  const logs = { LOG_LEVEL: config.logLevel, LOG_FILE: undefined, LOGS_DIR: config.logsDir }
  const own = { HOST: LOOPBACK, ADVERTISE_URL: undefined, DATA_DIR: config.dataDir, ...logs } // others do not reach us there
  return { ...thriftyEnv, ...config.inherited, ...own, ...noPorts }
}

const portNames = Object.keys(environment.shape).filter((name) => name.endsWith('PORT'))
const noPorts = Object.fromEntries(portNames.map((name) => [name, undefined]))
