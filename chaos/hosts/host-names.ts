/** Each a network namespace, with processes of its own: the others reach it only by its address. */
export const hostNames = [
  ...(['balancer', 'app-1', 'app-2'] as const),
  ...(['postgres-1', 'postgres-2', 'redis-1', 'redis-2', 'redis-3'] as const),
] as const
export type HostName = (typeof hostNames)[number]

/** The two that run an instance of every service. */
export const appNames = ['app-1', 'app-2'] as const satisfies HostName[]
export type AppName = (typeof appNames)[number]
export const redisNames = ['redis-1', 'redis-2', 'redis-3'] as const satisfies HostName[]
export type RedisName = (typeof redisNames)[number]
export const postgresNames = ['postgres-1', 'postgres-2'] as const satisfies HostName[]
export type PostgresName = (typeof postgresNames)[number]

/** Where the customers, the gateway and the mail server are, and this process. */
export const OUTSIDE = 'outside'
export type Place = HostName | typeof OUTSIDE
export const places: readonly Place[] = [OUTSIDE, ...hostNames]

const NET = '10.77.0'
const last: Record<Place, number> = {
  ...{ outside: 1, balancer: 10, 'app-1': 21, 'app-2': 22 },
  ...{ 'postgres-1': 31, 'postgres-2': 32, 'redis-1': 41, 'redis-2': 42, 'redis-3': 43 },
}

export const addressOf = (place: Place) => `${NET}.${last[place]}`

/** Where the database is, on whichever host has it just now. */
export const DATABASE_ADDRESS = `${NET}.30`
