import { start } from '../../services/logs/main.ts'
import { readConfig } from '../../shared/config.ts'
import { serve } from '../serve.ts'

// The logs service as it is shipped, its log lines included.
const { stop } = await start(readConfig({ ...process.env, LOGS_PORT: '0', HOST: '127.0.0.1' }))

serve({}, stop)
