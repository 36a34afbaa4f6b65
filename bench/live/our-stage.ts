import { randomUUID } from 'node:crypto'
import type { Round } from '../contest.ts'
import { startDesk } from '../desk.ts'
import { serviceOf } from '../usage.ts'
import type { Stage } from './stage.ts'

/** The whole shop of `npm start`: its admin posts news, and live tells them; its launcher starts again what is killed. */
export async function ourStage({ folder }: Round): Promise<Stage & { shopUrl: string }> {
  const { shop, admin } = await startDesk(folder)
  return {
    shopUrl: shop.url,
    url: `${shop.doors.get('live')}/api/live?topic=news`,
    say: async (text) => {
      await admin('POST', '/api/admin/news', { title: 'A note', text }, randomUUID())
    },
    pid: () => serviceOf(shop.pid, 'live'),
    kill: async () => void process.kill(await serviceOf(shop.pid, 'live'), 'SIGKILL'),
    close: shop.stop,
  }
}
