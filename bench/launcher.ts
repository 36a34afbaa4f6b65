import type { Contest, Figures, Round } from './contest.ts'
import { startShop } from './shop.ts'

/** How long it takes from the command to a shop that is open. */
export const launcher: Contest = {
  name: 'launcher',
  what: 'From npm start to the line that says that all processes are healthy; the second run in a compiled checkout.',
  units: { seconds: 's' },
  size: 1,
  quickSize: 1,
  rounds: 5,
  contestants: [{ name: 'Orderline', play }],
  goals: [{ figure: 'seconds', ours: 'Orderline', atMost: 3 }],
}

async function play({ folder }: Round): Promise<Figures> {
  await (await startShop(folder)).stop() // the first run, which makes the files
  const shop = await startShop(folder)
  await shop.stop()
  return { seconds: shop.readyAfterMs / 1_000 }
}
