import { backlog } from './backlog.ts'
import type { Contest } from './contest.ts'
import { idle } from './idle.ts'
import { intake, outage } from './intake.ts'
import { latency } from './latency.ts'
import { latencyAtLoad } from './latency-at-load.ts'
import { launcher } from './launcher.ts'
import { memory } from './memory.ts'
import { pipeline, pipelineWorld } from './pipeline.ts'
import { queue } from './queue.ts'
import { registration } from './registration.ts'

/** All there are, in the order in which they are played. */
export const contests: readonly Contest[] = [
  ...[intake, outage, pipeline, pipelineWorld, queue],
  ...[latency, latencyAtLoad, registration, memory, idle, launcher, backlog],
]
