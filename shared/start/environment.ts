import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { z } from 'zod'
import { isHost, isOrigin, withoutBrackets } from '../address.ts'
import { redisUrl } from '../redis-url.ts'
import { spare } from '../routes.ts'
import { logVariables } from './log-variables.ts'
import { shardCounts } from './shard-counts.ts'

/** The stand-ins for the world outside. */
export const simulators = ['mailbox', 'payment-gateway', 'sms-gateway'] as const
export type Simulator = (typeof simulators)[number]

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const LOOPBACK = '127.0.0.1'
const port = z.coerce.number().int().min(0).max(65_535)
const rate = z.coerce.number().positive().max(100_000)
const urlOf = (...protocols: string[]) =>
  z
    .url({ error: `must be a URL starting with ${protocols.map((p) => `${p}://`).join(' or ')}` })
    .refine((text) => protocols.some((p) => text.startsWith(`${p}://`)), {
      error: `must start with ${protocols.map((p) => `${p}://`).join(' or ')}`,
    })

const secretsOf = (prefix: string) =>
  z
    .string()
    .transform((text) => text.split(',').map((secret) => secret.trim()))
    .pipe(z.array(z.string().startsWith(prefix, { error: `must start with ${prefix}` })).min(1))

const addressAt = (port: number, host = LOOPBACK) =>
  urlOf('http', 'https')
    .default(`http://${host}:${port}`)
    .transform((url) => url.replace(/\/+$/, ''))

const PLACES = ['loopback', 'linklocal', 'uniquelocal']
const isProxy = (one: string) => PLACES.includes(one) || isIP(one.replace(/\/\d{1,3}$/, '')) > 0
const trustedProxies = z
  .string()
  .transform((text) => (/^\d$/.test(text) ? Number(text) : text.replaceAll(' ', '')))
  .refine((wanted) => typeof wanted === 'number' || wanted.split(',').every(isProxy), {
    error: 'must be a number of proxies, or their addresses: loopback, 10.0.0.0/8, …',
  })

const listOf = <T extends string>(names: readonly T[]) =>
  z
    .string()
    .transform((text) => text.split(',').map((name) => name.trim()))
    .pipe(z.array(z.enum(names, { error: `must be some of these, with commas between: ${names.join(', ')}` })))

/** Every variable a service reads, with its default. An empty value counts as not set. */
export const environment = z.object({
  PORT: port.default(3000),
  PAYMENT_PORT: port.default(3002), // where the gateway's webhooks come in
  NOTIFICATION_PORT: port.default(3003), // where the SMS gateway's webhooks come in
  ACCOUNTS_PORT: port.default(3004),
  SALE_PORT: port.default(3005),
  LIVE_PORT: port.default(3006),
  LOGS_PORT: port.default(3007),
  OPS_PORT: port.default(0),
  CONTROL_PORT: port.default(3001),
  ORDER_URL: addressAt(3000), // where programs of ours find each other; never where people do
  CONTROL_URL: addressAt(3001),
  PAYMENT_URL: addressAt(3002),
  NOTIFICATION_URL: addressAt(3003),
  ACCOUNTS_URL: addressAt(3004),
  SALE_URL: addressAt(3005),
  LIVE_URL: addressAt(3006),
  LOGS_URL: addressAt(3007),
  SHOP_URL: addressAt(3000, 'localhost'), // where people find the shop: what links in mails begin with
  SALE_PAGES_URL: urlOf('http', 'https')
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(), // where people find the flash sale by a door of its own, if not below SHOP_URL
  SMTP_PORT: port.default(0), // of the mailbox simulator
  HOST: z
    .string()
    .transform(withoutBrackets)
    .refine(isHost, { error: 'must be an address or the name of a host' })
    .default(LOOPBACK),
  ADVERTISE_URL: z.string().refine(isOrigin, { error: 'must be http://host or http://host:port' }).optional(), // where programs of ours on other hosts call this one; without a port: at the one where it listens
  DATA_DIR: z
    .string()
    .default('data')
    .transform((folder) => resolve(folder)),
  DATABASE_URL: urlOf('postgresql', 'postgres').optional(), // else SQLite files in DATA_DIR
  ...logVariables,
  REDIS_URL: redisUrl.default(`redis://${LOOPBACK}:6379`),
  REDIS_PREFIX: z
    .string()
    .regex(/^[\w.-]{1,64}$/, { error: 'must be 1 to 64 letters, digits, _ . or -' })
    .optional(),
  SMTP_URL: urlOf('smtp', 'smtps').default(`smtp://${LOOPBACK}:1025`),
  ADMIN_TOKEN: z
    .string()
    .regex(/^[!-~]*$/, { error: 'must consist of letters, digits and signs, without blanks' }) // it travels in a header
    .min(8, { error: 'must have at least 8 characters' })
    .optional(),
  ORDER_KEY_SECRET: z.string().min(16, { error: 'must have at least 16 characters' }).optional(),
  SESSION_SECRET: z.string().min(32, { error: 'must have at least 32 characters' }).optional(), // signs customers' sessions
  SEAL_SECRET: z.string().min(32, { error: 'must have at least 32 characters' }).optional(), // closes what only mails and SMS may tell
  CALL_SECRET: z.string().min(32, { error: 'must have at least 32 characters' }).optional(), // signs calls among services
  STRIPE_SECRET_KEY: z.string().startsWith('sk_', { error: 'must start with sk_' }).optional(),
  STRIPE_API_BASE: urlOf('http', 'https').optional(),
  STRIPE_WEBHOOK_SECRET: secretsOf('whsec_').optional(), // those of the webhooks' signatures, with commas between
  PAY_WITHIN_MS: z.coerce
    .number()
    .int()
    .min(1_000)
    .max(30 * DAY_MS)
    .default(30 * MINUTE_MS), // else an order expires
  PROMISE_MS: z.coerce
    .number()
    .int()
    .min(1_000)
    .max(30 * DAY_MS)
    .default(10 * MINUTE_MS), // no order is taken that would wait longer for its payment
  WEBHOOK_URL: urlOf('http', 'https').optional(), // where the gateway simulator tells what happens
  GATEWAY_PAGES_URL: urlOf('http', 'https')
    .transform((url) => url.replace(/\/+$/, ''))
    .optional(), // where people find the pages of the gateway simulator, if not where it listens
  GATEWAY_RATE: rate.optional(), // calls a second, by all workers together; else what Stripe takes
  SMS_API_BASE: urlOf('http', 'https').optional(), // else Twilio's
  SMS_ACCOUNT: z.string().startsWith('AC', { error: 'must start with AC' }).optional(), // the account's SID there
  SMS_TOKEN: z.string().min(16, { error: 'must have at least 16 characters' }).optional(), // its auth token, which also signs the webhooks
  SMS_FROM: z
    .string()
    .regex(/^\+\d{7,15}$/, { error: 'must be a phone number as +15005550006' })
    .optional(),
  SMS_RATE: rate.optional(), // SMS a second, by all workers together
  SMS_WEBHOOK_URL: urlOf('http', 'https').optional(), // where the SMS gateway finds us; else below SHOP_URL
  SMS_GATEWAY_URL: urlOf('http', 'https').optional(), // of the SMS gateway simulator, for its switches and its phones
  MAIL_RATE: rate.optional(), // mails a second, likewise; else as many as the server takes
  WEBHOOK_NETWORKS: listOf(['loopback', 'private']).default([]), // where subscribers may be, beside the internet
  MAILBOX_URL: urlOf('http', 'https').optional(), // of the mailbox simulator; mails are shown where it is set
  GATEWAY_URL: urlOf('http', 'https').optional(), // of the gateway simulator, for its switches
  WITHOUT: listOf(spare).default([]), // services that this shop is run without
  SHARDS: shardCounts.default({}), // into how many the lists of services are split: inventory:4,payment:2
  DEMO: z.stringbool().default(false), // things may be broken on purpose
  OPEN_DOOR: z.stringbool().optional(), // the control room opens without the token on this very machine
  TRUST_PROXY: trustedProxies.optional(), // whose X-Forwarded-For and -Proto are believed
  RATE_LIMITS: z.enum(['on', 'off']).optional(), // of orders; see `hasLimits`
  NODE_ENV: z
    .enum(['development', 'production', 'test'], { error: 'must be development, production or test' })
    .default('development'),
  SIMULATORS: listOf(simulators).default([]), // that may stand in for the world outside in production, too
})

export type Config = z.infer<typeof environment>
