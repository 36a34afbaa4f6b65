import type { Contest, Contestant } from './contest.ts'
import { onPostgres, onSqlite } from './pipeline/ground.ts'
import { raceOn } from './pipeline/race.ts'
import { bullmq, graphile, ours, pgBoss, type Way } from './pipeline/ways.ts'
import { postgresIsMissing } from './postgres/server.ts'

const units = {
  ordersPerSecond: 'orders/s',
  nodeMsPerOrder: 'ms of CPU, Node',
  postgresMsPerOrder: 'ms of CPU, PostgreSQL',
  redisMsPerOrder: 'ms of CPU, Redis',
  walKbPerOrder: 'KB of WAL',
  commitsPerOrder: 'commits',
}
const SAME = 'all wait when the clock starts, every commit waits for the disk, gateway and mail server answer at once.'

/** Ours beside those whose users have PostgreSQL already. */
export const postgres: Contest = {
  name: 'postgres',
  what: `The pipeline on one PostgreSQL, four services in a process each: ${SAME}`,
  units,
  size: 10_000,
  quickSize: 1_000,
  rounds: 5,
  cannotPlay: postgresIsMissing,
  contestants: [
    contestant(ours, 1),
    contestant(pgBoss, 1),
    contestant(graphile, 1 / 2),
    contestant(bullmq, 1 / 5), // of the orders: the rate is what counts
  ],
  goals: [
    { figure: 'ordersPerSecond', ours: ours.name, than: bullmq.name, atLeast: 10 },
    { figure: 'ordersPerSecond', ours: ours.name, than: pgBoss.name, atLeast: 2 },
    { figure: 'ordersPerSecond', ours: ours.name, than: graphile.name, atLeast: 2 },
  ],
}

const INSTANCES = [1, 2, 4]

/** Whether more of every service do more, where there are cores for them. */
export const postgresInstances: Contest = {
  name: 'postgres-instances',
  what: `The pipeline on one PostgreSQL, with one, two and four of every service, a process each: ${SAME}`,
  units,
  size: 10_000,
  quickSize: 1_000,
  rounds: 5,
  cannotPlay: postgresIsMissing,
  contestants: INSTANCES.map((instances) => ({
    name: instances === 1 ? 'one of every service' : `${instances} of every service`,
    play: (round) => raceOn(onPostgres, ours, round, round.size, { instances }),
  })),
  goals: [],
}

const ON_POSTGRES = 'Orderline on PostgreSQL'
const ON_SQLITE = 'Orderline on SQLite'

/** The same code on both of its engines. */
export const engines: Contest = {
  name: 'engines',
  what: `The pipeline on PostgreSQL and on SQLite files, four services in a process each: ${SAME}`,
  units,
  size: 10_000,
  quickSize: 1_000,
  rounds: 5,
  cannotPlay: postgresIsMissing,
  contestants: [
    { name: ON_POSTGRES, play: (round) => raceOn(onPostgres, ours, round, round.size) },
    { name: ON_SQLITE, play: (round) => raceOn(onSqlite, ours, round, round.size) },
  ],
  goals: [],
}

function contestant(way: Way, share: number): Contestant {
  return { name: way.name, play: (round) => raceOn(onPostgres, way, round, Math.ceil(round.size * share)) }
}
