import type { Config } from '../shared/config.ts'
import { services } from '../shared/routes.ts'
import type { Running } from '../shared/service.ts'

/** What runs as a process of its own, `services/<name>/main.ts`, in the order in which people meet them. */
export const programs = [...services, 'control'] as const

export type ProgramName = (typeof programs)[number]

export function isProgram(name: string): name is ProgramName {
  return programs.some((program) => program === name)
}

/** The program of every name: a service of the table without a folder does not compile. */
export const all = {
  order: () => import('./order/main.ts'),
  inventory: () => import('./inventory/main.ts'),
  payment: () => import('./payment/main.ts'),
  notification: () => import('./notification/main.ts'),
  accounts: () => import('./accounts/main.ts'),
  sale: () => import('./sale/main.ts'),
  live: () => import('./live/main.ts'),
  webhooks: () => import('./webhooks/main.ts'),
  logs: () => import('./logs/main.ts'),
  control: () => import('./control/main.ts'),
} satisfies Record<ProgramName, () => Promise<{ start(config: Config): Promise<Running> }>>
