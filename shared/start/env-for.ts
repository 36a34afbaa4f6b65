import { services } from '../routes.ts'
import { type Config, simulators } from './environment.ts'

const SERVICES = [...services, 'control']
const FRONT = ['order', 'control', 'accounts', 'sale', 'live', 'logs', 'notification'] // where people come

const TUTORIAL = ['tutorial-producer', 'tutorial-consumer'] // of the tour
const DESK = 'tutorial-sign-up' // of the tour, too, where mail and SMS go to our stand-ins
const EVERYONE = [...SERVICES, ...simulators, ...TUTORIAL, DESK]

/** Who reads which variable: nobody else is given it, a secret least of all. */
const readers: Record<keyof Config, readonly string[]> = {
  PORT: ['order', ...simulators],
  OPS_PORT: SERVICES,
  CONTROL_PORT: ['control'],
  SMTP_PORT: ['mailbox'],
  PAYMENT_PORT: ['payment'],
  NOTIFICATION_PORT: ['notification'],
  ACCOUNTS_PORT: ['accounts'],
  SALE_PORT: ['sale'],
  LIVE_PORT: ['live'],
  LOGS_PORT: ['logs'],
  ORDER_URL: FRONT,
  CONTROL_URL: FRONT,
  PAYMENT_URL: FRONT,
  NOTIFICATION_URL: FRONT,
  ACCOUNTS_URL: FRONT,
  SALE_URL: FRONT,
  LIVE_URL: FRONT,
  LOGS_URL: FRONT,
  SALE_PAGES_URL: ['order'], // it sends the crowd there
  SHOP_URL: ['payment', 'notification', 'accounts', 'webhooks'],
  HOST: EVERYONE,
  ADVERTISE_URL: SERVICES,
  DATA_DIR: EVERYONE,
  DATABASE_URL: SERVICES,
  LOG_FILE: EVERYONE,
  LOGS_DIR: ['logs'],
  LOGS_MAX_MB: ['logs'],
  LOGS_DAYS: ['logs'],
  LOGS_ARCHIVE_DAYS: ['logs'],
  REDIS_URL: [...SERVICES, ...TUTORIAL],
  REDIS_PREFIX: [...SERVICES, ...TUTORIAL],
  SMTP_URL: ['notification', DESK],
  ADMIN_TOKEN: ['order', 'control', 'sale', 'notification', 'live', 'logs'],
  ORDER_KEY_SECRET: ['order', 'notification', 'sale', 'live'], // who gives keys away, and who checks them
  SESSION_SECRET: ['accounts', 'order', 'sale', 'live'], // who signs sessions, and who checks them
  SEAL_SECRET: ['accounts', 'notification'],
  CALL_SECRET: SERVICES,
  STRIPE_SECRET_KEY: ['payment'],
  STRIPE_API_BASE: ['payment'],
  STRIPE_WEBHOOK_SECRET: ['payment', 'payment-gateway'],
  PAY_WITHIN_MS: ['order'],
  PROMISE_MS: ['order'],
  WEBHOOK_URL: ['payment-gateway'],
  GATEWAY_PAGES_URL: ['payment-gateway'],
  GATEWAY_RATE: ['payment'],
  SMS_API_BASE: ['notification', DESK],
  SMS_ACCOUNT: ['notification', 'sms-gateway', DESK],
  SMS_TOKEN: ['notification', 'sms-gateway', DESK],
  SMS_FROM: ['notification'],
  SMS_RATE: ['notification'],
  SMS_WEBHOOK_URL: ['notification', 'sms-gateway'], // where statuses go, and what phones answer
  SMS_GATEWAY_URL: ['control', 'accounts'],
  MAIL_RATE: ['notification'],
  WEBHOOK_NETWORKS: ['webhooks'],
  MAILBOX_URL: ['order', 'control', 'accounts'],
  GATEWAY_URL: ['control'],
  WITHOUT: FRONT, // nothing is forwarded to who is not there
  SHARDS: SERVICES, // who sends to a list, and who pops it
  DEMO: ['control', 'order'], // whose pages offer what is for those who try the shop out
  OPEN_DOOR: ['order', 'control', 'sale', 'logs'],
  TRUST_PROXY: SERVICES,
  RATE_LIMITS: ['order', 'accounts', 'sale', 'notification', 'live'],
  NODE_ENV: EVERYONE,
  SIMULATORS: EVERYONE,
  LOG_LEVEL: EVERYONE,
}

/** True when a program uses the variable, itself or, if it is the launcher, for those that it starts. */
export function reads(program: string, name: keyof Config): boolean {
  return program === 'launcher' || readers[name].includes(program)
}

/** What any program may need of the system it runs on, and nothing that is a secret. */
const SYSTEM = new RegExp(
  `^(${[
    ...['PATH', 'HOME', 'USER', 'LOGNAME', 'TMPDIR', 'TMP', 'TEMP', 'TZ', 'LANG', 'LANGUAGE', 'LC_\\w+', 'DEBUG'],
    ...['NODE_(?!\\w*TOKEN)\\w+', 'UV_\\w+', 'MALLOC_\\w+', 'SSL_CERT_(FILE|DIR)', 'OPENSSL_CONF'],
    ...['(HTTP|HTTPS|ALL|NO)_PROXY', '(http|https|all|no)_proxy', 'LD_\\w+', 'DYLD_\\w+', '(FAKETIME|DONT_FAKE)\\w*'],
  ].join('|')})$`,
)

/** Of these variables, those that a program named so reads, and those of the system. */
export function envFor(program: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const own = Object.entries(readers).flatMap(([name, programs]) => (programs.includes(program) ? [name] : []))
  return { ...systemEnv(env), ...picked(env, (name) => own.includes(name)) }
}

/** Of these variables, those of the system alone: for what is not a program of ours, or needs nothing to be told. */
export function systemEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return picked(env, (name) => SYSTEM.test(name))
}

function picked(env: NodeJS.ProcessEnv, isWanted: (name: string) => boolean): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => isWanted(name)))
}
