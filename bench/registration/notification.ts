import { start } from '../../services/notification/main.ts'
import { readConfig } from '../../shared/config.ts'
import { serve } from '../serve.ts'

// The notification service as it is shipped: it sends mails and SMS while others sign up.
const { stop } = await start(readConfig({ ...process.env, NOTIFICATION_PORT: '0', HOST: '127.0.0.1' }))

serve({}, stop)
