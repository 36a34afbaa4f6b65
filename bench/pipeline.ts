import type { Contest, Contestant, Figures, Round } from './contest.ts'
import { onSqlite } from './pipeline/ground.ts'
import { raceOn } from './pipeline/race.ts'
import type { Outside } from './pipeline/shop.ts'
import { bee, bullmq, ours, tutorial, type Way } from './pipeline/ways.ts'
import { startProcess } from './process.ts'

const units = {
  ordersPerSecond: 'orders/s',
  cpuMsPerOrder: 'ms of CPU, Redis included',
  commandsPerMessage: 'Redis commands/message',
}
const OURS = 1
const PEERS = 1 / 10 // of the orders: the rate is what counts

/** How many orders a second go through all services when as many wait as they can take. */
export const pipeline: Contest = {
  name: 'pipeline',
  what:
    'Orders from the books to paid, with both mails, through four services in a process each: all of them wait ' +
    'when the clock starts, every commit waits for the disk, gateway and mail server answer at once.',
  units,
  size: 20_000,
  quickSize: 5_000,
  rounds: 5,
  contestants: [
    contestant(ours, OURS),
    contestant(bullmq, PEERS),
    contestant(bee, PEERS),
    contestant(tutorial, PEERS / 2), // one message at a time takes its time
  ],
  goals: [
    { figure: 'ordersPerSecond', ours: ours.name, than: bullmq.name, atLeast: 20 },
    { figure: 'commandsPerMessage', ours: ours.name, atMost: 0.05 },
  ],
}

/** The same with a gateway behind HTTP and a mail server behind SMTP, which take their part of the machine. */
export const pipelineWorld: Contest = {
  name: 'pipeline-world',
  what:
    'The same, with the simulators of gateway and mailbox on the same machine: every charge is an HTTP request, every ' +
    'mail goes out by SMTP.',
  units,
  size: 4_000,
  quickSize: 1_000,
  rounds: 3,
  contestants: [inWorld(ours, OURS), inWorld(bullmq, PEERS)],
  goals: [],
}

function contestant(way: Way, share: number): Contestant {
  return { name: way.name, play: (round) => raceOn(onSqlite, way, round, Math.ceil(round.size * share)) }
}

function inWorld(way: Way, share: number): Contestant {
  const play = async (round: Round): Promise<Figures> => {
    const world = await startProcess('pipeline/simulators.js', { DATA_DIR: round.folder })
    try {
      const outside = await world.ask<Outside>('environment')
      return await raceOn(onSqlite, way, round, Math.ceil(round.size * share), { outside })
    } finally {
      await world.stop()
    }
  }
  return { name: way.name, play }
}
