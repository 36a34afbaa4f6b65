import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { LaunchError } from './launch-error.ts'

// Below the range from which systems take the ports of outgoing connections: while a Redis is being restarted,
// the services that reconnect to it could otherwise be given its very port.
const FIRST = 15_000
const END = 32_000
const TRIES = 100

/** Free ports on the loopback, all different. */
export async function pickPorts(count: number): Promise<number[]> {
  const picked = new Set<number>()
  for (let tries = 0; picked.size < count; tries++) {
    if (tries > TRIES) throw new LaunchError(`no ${count} free ports between ${FIRST} and ${END}`)
    const port = randomInt(FIRST, END)
    if ((await listenError(port, '127.0.0.1')) === undefined) picked.add(port)
  }
  return [...picked]
}

/** Throws, in words, when nothing could listen on a port that somebody asked for. */
export async function requireFree(port: number, host: string): Promise<void> {
  const code = await listenError(port, host)
  if (code === undefined) return
  if (code !== 'EADDRINUSE') throw new LaunchError(`PORT: cannot listen on ${host}:${port} (${code})`)
  throw new LaunchError(
    `PORT: ${port} is already in use. Stop what listens there, or choose another: PORT=${port + 1} npm start`,
  )
}

function listenError(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve('code' in error ? String(error.code) : error.message))
    server.listen(port, host, () => server.close(() => resolve(undefined)))
  })
}
