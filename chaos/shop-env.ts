import { CORNER } from './redis-door.ts'

/** How long an order of a shop under test waits for its customer, where nothing else is said. */
const PAY_WITHIN_MS = 15_000
/** The admin's of a shop under test. */
export const ADMIN_TOKEN = 'token-of-the-chaos-admin'

/** What a shop under test is started with: all on free ports of this host, and nothing of what is outside. */
export const shopEnv = (dataDir: string): NodeJS.ProcessEnv => ({
  PORT: '0',
  HOST: '127.0.0.1',
  DATA_DIR: dataDir,
  LOG_LEVEL: 'info',
  REDIS_URL: '',
  DATABASE_URL: '',
  REDIS_PREFIX: CORNER,
  SMTP_URL: '',
  STRIPE_SECRET_KEY: '',
  ORDER_KEY_SECRET: '',
  SHOP_URL: '',
  STRIPE_WEBHOOK_SECRET: '',
  PAYMENT_PORT: '0',
  PAYMENT_URL: '',
  WEBHOOK_URL: '',
  ADMIN_TOKEN,
  PAY_WITHIN_MS: String(PAY_WITHIN_MS),
  NODE_ENV: '', // it needs the simulators
  STRIPE_API_BASE: '',
  RATE_LIMITS: 'off',
  FORCE_COLOR: '0',
})
