import type { Contest } from './contest.ts'
import { idle } from './idle.ts'
import { intake, outage } from './intake.ts'
import { latency } from './latency.ts'
import { latencyAtLoad } from './latency-at-load.ts'
import { launcher } from './launcher.ts'

/** All there are, in the order in which they are played. */
export const contests: readonly Contest[] = [intake, outage, latency, latencyAtLoad, idle, launcher]
