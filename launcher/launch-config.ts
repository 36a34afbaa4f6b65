import { z } from 'zod'
import type { ProgramName } from '../services/all.ts'
import { logsFolderOf, readConfig } from '../shared/config.ts'
import { demoOf, isDoorOpen } from '../shared/start/profile.ts'
import { type Instances, instancesIn } from './instances.ts'

/** What `npm start` was asked for. What is left undefined, the launcher brings itself. */
export type LaunchConfig = {
  port: number
  controlPort: number | undefined
  salePort: number | undefined
  salePagesUrl: string | undefined
  host: string
  dataDir: string
  logsDir: string
  logLevel: string
  adminToken: string | undefined
  orderKeySecret: string | undefined
  callSecret: string | undefined
  sessionSecret: string | undefined
  sealSecret: string | undefined
  smsAccount: string | undefined
  smsApiBase: string | undefined
  smsToken: string | undefined
  /** Nothing has to be asked for in development; in production a simulator has to be. */
  maySimulateSms: boolean
  stripeWebhookSecret: string | undefined
  shopUrl: string | undefined
  webhookNetworks: string
  without: readonly ProgramName[]
  instances: Instances
  redisUrl: string | undefined
  smtpUrl: string | undefined
  stripeSecretKey: string | undefined
  stripeApiBase: string | undefined
  redisServer: string
  isDemo: boolean
  /** Because other machines can come in, and nobody has asked for it. */
  isDemoOffForOthers: boolean
  /** Whether who sits at this machine needs no token. */
  isDoorOpen: boolean
  isPretty: boolean
  isColoured: boolean
  inherited: NodeJS.ProcessEnv
}

/** Variables that only the launcher reads, or reads in another way. `REDIS_SERVER` is the program to run, found by the set-up. */
const ownVariables = z.object({
  REDIS_SERVER: z.string().default('redis-server'),
  DEMO: z.string().optional(), // whether it was asked for
  INSTANCES: z.string().optional(),
  FORCE_COLOR: z.string().optional(),
  NO_COLOR: z.string().optional(),
})

/**
 * Reads and checks the environment, by the rules of the services (`shared/config.ts`). Throws one `CannotStart`
 * that names every variable that is wrong.
 */
export function readLaunchConfig(env: NodeJS.ProcessEnv = process.env): LaunchConfig {
  const config = readConfig(env, 'launcher')
  const own = ownVariables.parse(withoutEmpty(env))
  const demo = demoOf(config, own.DEMO !== undefined)
  const isPretty = isOn(own.FORCE_COLOR) || (own.FORCE_COLOR === undefined && process.stdout.isTTY === true)
  return {
    port: config.PORT,
    controlPort: env.CONTROL_PORT ? config.CONTROL_PORT : undefined,
    salePort: env.SALE_PORT ? config.SALE_PORT : undefined,
    salePagesUrl: config.SALE_PAGES_URL,
    host: config.HOST,
    dataDir: config.DATA_DIR,
    logsDir: logsFolderOf(config),
    logLevel: config.LOG_LEVEL,
    adminToken: config.ADMIN_TOKEN,
    orderKeySecret: config.ORDER_KEY_SECRET,
    callSecret: config.CALL_SECRET,
    sessionSecret: config.SESSION_SECRET,
    sealSecret: config.SEAL_SECRET,
    smsAccount: config.SMS_ACCOUNT,
    smsApiBase: config.SMS_API_BASE,
    smsToken: config.SMS_TOKEN,
    maySimulateSms: config.NODE_ENV !== 'production' || config.SIMULATORS.includes('sms-gateway'),
    stripeWebhookSecret: config.STRIPE_WEBHOOK_SECRET?.join(','),
    shopUrl: env.SHOP_URL ? config.SHOP_URL : undefined,
    webhookNetworks: env.WEBHOOK_NETWORKS ?? (config.NODE_ENV === 'development' ? 'loopback' : ''), // to try it out
    without: config.WITHOUT,
    instances: instancesIn(own.INSTANCES),
    redisUrl: env.REDIS_URL ? config.REDIS_URL : undefined, // a default of the services' is not a wish
    smtpUrl: env.SMTP_URL ? config.SMTP_URL : undefined,
    stripeSecretKey: config.STRIPE_SECRET_KEY,
    stripeApiBase: config.STRIPE_API_BASE,
    redisServer: own.REDIS_SERVER,
    ...demo,
    isDoorOpen: isDoorOpen(demo.isDemo, config),
    isPretty,
    isColoured: isPretty && own.NO_COLOR === undefined,
    inherited: env,
  }
}

function withoutEmpty(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
}

function isOn(flag: string | undefined): boolean {
  return flag !== undefined && flag !== '0' && flag !== 'false'
}
