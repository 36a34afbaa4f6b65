import { start } from '../services/order/main.ts'
import { readConfig } from '../shared/config.ts'
import { serve } from './serve.ts'

// The order service as it is shipped, its log lines included, with nobody at the other ends of its lists.
const { url, stop } = await start(readConfig({ ...process.env, PORT: '0', HOST: '127.0.0.1' }))

serve({ url: async () => `${url}/api/orders` }, stop)
