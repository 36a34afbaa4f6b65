import { SIMULATED_ACCOUNT } from '../../launcher/program-env.ts'
import { CORNER } from '../redis-door.ts'
import { secret, sharedSecrets } from '../shared-secrets.ts'
import { ADMIN_TOKEN } from '../shop-env.ts'
import { SHOP_URL } from './balancer.ts'
import { DATABASE_URL } from './postgres-pair.ts'
import { REDIS_URL } from './redis-nodes.ts'
import { SMTP_URL, simulatorUrl } from './world-outside.ts'

// Both hosts are told the same.
const secrets = {
  ADMIN_TOKEN,
  ...sharedSecrets(),
  SMS_TOKEN: secret(),
  STRIPE_WEBHOOK_SECRET: `whsec_${secret()}`,
}

/** What whoever runs a shop over many hosts tells its launchers, beside their own address and folder; `more` wins. */
export function serviceEnv(more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...secrets,
    ...{ NODE_ENV: '', PORT: '3000', LOG_LEVEL: 'info', RATE_LIMITS: 'off', FORCE_COLOR: '0' },
    ...{ TRUST_PROXY: 'uniquelocal', DATABASE_URL, REDIS_URL, REDIS_PREFIX: CORNER, SMTP_URL, SHOP_URL },
    ...{ STRIPE_SECRET_KEY: 'sk_test_simulator', STRIPE_API_BASE: simulatorUrl('payment-gateway') },
    ...{ WEBHOOK_URL: `${SHOP_URL}/webhooks/stripe`, SMS_API_BASE: simulatorUrl('sms-gateway') },
    ...{ SMS_WEBHOOK_URL: `${SHOP_URL}/webhooks/sms`, SMS_ACCOUNT: SIMULATED_ACCOUNT, SMS_FROM: '+15005550006' },
    ...more,
  }
}
