import { alerts } from './alerts.ts'
import { backlog } from './backlog.ts'
import type { Contest } from './contest.ts'
import { idle } from './idle.ts'
import { intake, outage } from './intake.ts'
import { latency } from './latency.ts'
import { latencyAtLoad } from './latency-at-load.ts'
import { launcher } from './launcher.ts'
import { live } from './live.ts'
import { liveBeside } from './live-beside.ts'
import { liveKills } from './live-kills.ts'
import { logs } from './logs.ts'
import { logsBeside } from './logs-beside.ts'
import { logsKills } from './logs-kills.ts'
import { memory } from './memory.ts'
import { peaks } from './peaks.ts'
import { peaksOverload } from './peaks-overload.ts'
import { pipeline, pipelineWorld } from './pipeline.ts'
import { engines, postgres, postgresInstances } from './postgres.ts'
import { queue } from './queue.ts'
import { registration } from './registration.ts'
import { sale } from './sale.ts'
import { saleDeadline } from './sale-deadline.ts'
import { saleKills, saleKillsEmpty } from './sale-kills.ts'
import { saleShop } from './sale-shop.ts'
import { saleWatchers } from './sale-watchers.ts'

/** All there are, in the order in which they are played. */
export const contests: readonly Contest[] = [
  ...[intake, outage, pipeline, pipelineWorld, queue],
  ...[latency, latencyAtLoad, registration, memory, idle, launcher, backlog],
  ...[postgres, postgresInstances, engines],
  ...[sale, saleShop, saleDeadline, saleWatchers, saleKills, saleKillsEmpty],
  ...[peaks, peaksOverload],
  ...[logs, logsBeside, logsKills, live, liveBeside, liveKills, alerts],
]
