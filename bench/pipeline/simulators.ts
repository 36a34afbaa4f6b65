import { join } from 'node:path'
import { readConfig } from '../../shared/config.ts'
import { start as startMailbox } from '../../simulators/mailbox/main.ts'
import { start as startGateway } from '../../simulators/payment-gateway/main.ts'
import { serve } from '../serve.ts'

// The outside world of a round, in a process of its own: the gateway over HTTP, the mail server over SMTP.
const { DATA_DIR: folder, HOST: host } = readConfig()
const gateway = await startGateway({ port: 0, host, ledgerPath: join(folder, 'ledger.jsonl') })
const mailbox = await startMailbox({ smtpPort: 0, httpPort: 0, host, filePath: join(folder, 'mailbox.jsonl') })

/** Where services find it. */
const environment = async () => ({
  STRIPE_SECRET_KEY: 'sk_test_simulator',
  STRIPE_API_BASE: gateway.url,
  SMTP_URL: mailbox.smtpUrl,
  MAILBOX_URL: mailbox.url,
})

serve({ environment }, async () => {
  await gateway.close()
  await mailbox.close()
})
