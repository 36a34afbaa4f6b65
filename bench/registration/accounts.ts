import { start } from '../../services/accounts/main.ts'
import { readConfig } from '../../shared/config.ts'
import { serve } from '../serve.ts'

// The accounts service as it is shipped.
const { url, stop } = await start(readConfig({ ...process.env, ACCOUNTS_PORT: '0', HOST: '127.0.0.1' }))

serve({ url: async () => `${url}/api/accounts` }, stop)
