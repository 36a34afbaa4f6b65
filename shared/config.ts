import { join } from 'node:path'
import { isLoopback } from './address.ts'
import { CannotStart } from './cannot-start.ts'
import { type Service, services } from './routes.ts'
import { systemEnv } from './start/env-for.ts'
import { type Config, environment } from './start/environment.ts'
import { refusalsOf } from './start/profile.ts'

export type { Config } from './start/environment.ts'

const checked = environment.refine(({ NODE_ENV, RATE_LIMITS }) => NODE_ENV !== 'production' || RATE_LIMITS !== 'off', {
  path: ['RATE_LIMITS'],
  error: 'cannot be off in production',
})

/**
 * Whether orders are limited per customer. Not where only this machine can come to the shop, unless it is asked for: all
 * customers have one address there, and whoever tries it out, or loads it, shall not be in their own way.
 */
export function hasLimits({ RATE_LIMITS: wanted, NODE_ENV, HOST }: Config): boolean {
  return wanted === undefined ? NODE_ENV === 'production' || !isLoopback(HOST) : wanted === 'on'
}

/** The services that there are in this shop. */
export function presentIn({ WITHOUT }: Pick<Config, 'WITHOUT'>): Service[] {
  return services.filter((service) => !WITHOUT.some((one) => one === service))
}

/** Where the log files are. */
export const logsFolderOf = ({ LOGS_DIR, DATA_DIR }: Config): string => LOGS_DIR ?? join(DATA_DIR, 'logs')

/** What a program that is started by one of ours may know of its environment: nothing of ours. */
export const bareEnvironment = (): NodeJS.ProcessEnv => systemEnv(process.env)

/**
 * Reads and checks the environment. For a `program` that is to start, or `launcher`, by the production profile too.
 * Throws one `CannotStart` that names every variable that is wrong, and why.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env, program?: string): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''))
  const { data: config, error } = checked.safeParse(set)
  if (!config) throw notUsable(error.issues.map(({ path, message }) => `${String(path[0])}: ${message}`))
  const refusals = program === undefined ? [] : refusalsOf({ program, config, isSet: (name) => name in set })
  if (refusals.length > 0) throw notUsable(refusals, config.NODE_ENV === 'production' ? ' in production' : '')
  return config
}

function notUsable(lines: string[], where = ''): CannotStart {
  return new CannotStart(
    `The environment is not usable${where}:\n${[...new Set(lines)].map((line) => `  ${line}`).join('\n')}`,
  )
}
