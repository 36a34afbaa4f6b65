import { asCannotStart, CannotStart } from './cannot-start.ts'
import { prepareDataFolder } from './data-folder.ts'
import { createLogger } from './logger.ts'
import { closeToOthers, writePrivately } from './private-files.ts'

/** What every program does first: it keeps what it writes to itself, and tries its folder out. Throws `CannotStart`. */
export function enterDataFolder(name: string, folder: string): void {
  writePrivately()
  prepareDataFolder(folder)
  const closed = closeToOthers(folder)
  if (closed > 0) createLogger(name, 'info').warn({ folder, closed }, 'data.closed_to_others')
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
