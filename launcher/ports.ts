import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { CannotStart, listenSentence } from '../shared/cannot-start.ts'

// Below the range from which systems take the ports of outgoing connections: while a Redis is being restarted,
// the services that reconnect to it could otherwise be given its very port.
const FIRST = 15_000
const END = 32_000
const TRIES = 100
const LOOPBACK = '127.0.0.1'

/** Ports that are free on the loopback and on `host`, all different. */
export async function pickPorts(count: number, host = LOOPBACK): Promise<number[]> {
  const picked = new Set<number>()
  for (let tries = 0; picked.size < count; tries++) {
    if (tries > TRIES) throw new CannotStart(`no ${count} free ports between ${FIRST} and ${END}`)
    const port = randomInt(FIRST, END)
    const errors = [await listenError(port, LOOPBACK), await listenError(port, host)]
    if (errors.every((error) => error === undefined)) picked.add(port)
  }
  return [...picked]
}

/** Throws, in words, when nothing could listen on what somebody asked for by HOST and the variable `name`. */
export async function requireFree(name: string, port: number, host: string): Promise<void> {
  const code = await listenError(port, host)
  if (code !== undefined) throw new CannotStart(listenSentence(code, host, port, name))
}

export const isFree = async (port: number, host: string) => (await listenError(port, host)) === undefined

function listenError(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve('code' in error ? String(error.code) : error.message))
    server.listen(port, host, () => server.close(() => resolve(undefined)))
  })
}
