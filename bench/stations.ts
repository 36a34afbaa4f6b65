import type { Service } from '../shared/routes.ts'

/** The services that an order passes through. Those beside the pipeline hear nothing of it, and are not measured with it. */
export const stations = ['order', 'inventory', 'payment', 'notification'] as const satisfies readonly Service[]
