import { join } from 'node:path'
import { PrismaPg } from '@prisma/adapter-pg'
import type { Service } from '../../../shared/routes.ts'
import { isPostgresUrl, type Place } from '../../../shared/store/place.ts'
import { DurableAdapter } from './durable-adapter.ts'

/** The clients that Prisma has generated for a service, one for each engine: the same models. */
type Clients<Client> = {
  sqlite(adapter: DurableAdapter): Client
  postgresql(adapter: PrismaPg): Promise<unknown>
}

/** Jobs that wait for a connection wait for longer than one that has to be made. */
const CONNECTIONS = 20

/** Connects Prisma, as it comes, to a service's tables. */
export async function connect<Client>(service: Service, place: Place, clients: Clients<Client>): Promise<Client> {
  if (!isPostgresUrl(place)) return clients.sqlite(new DurableAdapter(join(place, `${service}.db`)))
  const options = `-c search_path="${service}"` // for SQL as it stands
  const adapter = new PrismaPg({ connectionString: place, max: CONNECTIONS, options }, { schema: service })
  return (await clients.postgresql(adapter)) as Client // the same models, for another engine
}
