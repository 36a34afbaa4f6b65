import { type Config, readConfig } from '../../shared/config.ts'
import type { Running } from '../../shared/service.ts'
import { serve } from '../serve.ts'

/** Serves one of our services: `work` starts it and answers with its URL, `rest` stops it, and it may work again. */
export function serveService(start: (config: Config) => Promise<Running>): void {
  let running: Running | undefined
  const rest = async () => {
    await running?.stop()
    running = undefined
  }
  const work = async () => {
    running = await start(readConfig())
    return running.url
  }
  serve({ work, rest }, rest)
}
