import { AssertionError } from 'node:assert'

/**
 * Node's fetch throws where nobody can catch it when a server ends a connection of which it has paused the reading, as
 * servers do that are killed here: https://github.com/nodejs/undici/issues/5360, mended in later versions. What was asked is
 * answered with an error or by a limit all the same, so a run goes on; anything else that nobody catches ends it.
 */
export function goOnAfterPausedReads(): void {
  process.on('uncaughtException', (error) => {
    if (isPausedRead(error)) return console.error('a connection ended while its reading was paused: the run goes on')
    console.error(error)
    process.exit(2)
  })
}

export const isPausedRead = (error: unknown): boolean =>
  error instanceof AssertionError && ['Parser.finish', 'onHttpSocketEnd'].every((name) => error.stack?.includes(name))
