import { start } from '../../services/sale/main.ts'
import { readConfig } from '../../shared/config.ts'
import { serve } from '../serve.ts'

// The sale service as it is shipped, its log lines included.
const { url, stop } = await start(readConfig({ ...process.env, SALE_PORT: '0', HOST: '127.0.0.1' }))

serve({ url: async () => url }, stop)
