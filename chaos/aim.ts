import { programs } from '../services/all.ts'
import { type Service, services } from '../shared/routes.ts'
import { SECOND, type Victim, victims, type Writer, writers } from './fault.ts'

/** Whom the faults of a run may hurt. */
export type Aim = {
  victims: readonly Victim[]
  ended: readonly Victim[]
  services: readonly Service[]
  writers: readonly Writer[]
}

/** Where nothing is said. */
export const everybody: Aim = { victims, ended: [...programs, SECOND, 'redis'], services, writers }
