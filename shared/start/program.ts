import { asCannotStart, CannotStart } from '../cannot-start.ts'
import { createLogger, logTo } from '../logger.ts'
import { prepareDataFolder } from './data-folder.ts'
import type { Config } from './environment.ts'
import { giveBackWhenIdle } from './give-back.ts'
import { closeToOthers, writePrivately } from './private-files.ts'
import { warningOf } from './profile.ts'

/**
 * What every program does first: it keeps what it writes to itself, tries its folder out, and says what is not as it
 * should be. Throws `CannotStart` when nothing can be kept there.
 */
export function enterProgram(name: string, config: Config): void {
  const { DATA_DIR: folder } = config
  const log = createLogger(name, 'info')
  writePrivately()
  prepareDataFolder(folder)
  if (config.LOG_FILE !== undefined) logTo(config.LOG_FILE, log)
  const closed = closeToOthers(folder)
  if (closed > 0) log.warn({ folder, closed }, 'data.closed_to_others')
  const reason = warningOf({ program: name, config })
  if (reason !== undefined) log.warn({ reason }, 'http.in_plain_sight')
  giveBackWhenIdle()
}

/**
 * Says why a program does not start, to its log and to the launcher, and ends it: what was started already, a worker
 * for example, must not go on without the rest.
 */
export function failStart(name: string, cause: unknown): void {
  const error = asCannotStart(cause)
  const isForPeople = error instanceof CannotStart
  createLogger(name, 'info').fatal(isForPeople ? { reason: error.message } : { err: error }, 'not.started')
  const end = () => process.exit(1)
  if (isForPeople && process.send) process.send({ type: 'not.started', reason: error.message }, end)
  else end()
}
