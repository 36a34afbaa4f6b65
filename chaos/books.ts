import type { Service } from '../shared/routes.ts'
import { gatewayLeft } from './gateway-left.ts'
import { linesKeptIn } from './judge-lines.ts'
import { resting, type WorkLeft, workSeen } from './work-left.ts'

/** Where a run looks what a shop has written, while it is open and when it is closed: in its files, or in its database. */
export type Books = {
  /** What is still to be done. While that cannot be read, there is work left. */
  workSeen(untilMs?: number): Promise<WorkLeft>
  /** How much the gateway is at, or payment has not learnt. */
  gatewayLeft(): Promise<number>
  /** How many lines of the programs beside the shop logs says it has kept. */
  linesKept(): Promise<number>
  /** Looks into a folder with a file of each service, or of these alone. Rejects with `Unusable` when one cannot be read. */
  read<T>(look: (dataDir: string) => T, only?: readonly Service[]): Promise<T>
  close(): Promise<void>
}

/** Those of a shop on files; what those services have to do that are not `asked` is no work. */
export function fileBooks(dataDir: string, asked: readonly Service[] = resting): Books {
  return {
    workSeen: async (untilMs) => workSeen(dataDir, untilMs, asked),
    gatewayLeft: () => gatewayLeft(dataDir),
    linesKept: async () => linesKeptIn(dataDir),
    read: async (look) => look(dataDir),
    close: async () => {},
  }
}
