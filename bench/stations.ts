import { type Service, services, spare } from '../shared/routes.ts'

type Station = Exclude<Service, (typeof spare)[number]>
const beside: readonly Service[] = spare

/** The services that an order passes through. Those beside the pipeline hear nothing of it, and are not measured with it. */
export const stations = services.filter((service): service is Station => !beside.includes(service))
