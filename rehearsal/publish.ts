import { once } from 'node:events'
import { connect, createServer } from 'node:net'

const ANYWHERE = '0.0.0.0'

type Published = { host: string; port: number; target: number }

/** `3000:3000`, or `127.0.0.1:8081:8080`. */
export function publishedBy(text: string): Published {
  const [target = '', port = '', host = ANYWHERE, ...more] = text.split(':').toReversed()
  const isPort = (one: string) => /^\d{1,5}$/.test(one)
  if (!isPort(target) || !isPort(port) || more.length > 0) throw new Error(`${text} is no port to publish`)
  return { host, port: Number(port), target: Number(target) }
}

/** Passes on what comes to a published port, as an engine does. Throws when it is taken. */
export async function publish({ host, port, target }: Published, address: string): Promise<void> {
  const server = createServer((caller) => {
    const container = connect(target, address)
    for (const [one, other] of [
      [caller, container],
      [container, caller],
    ] as const)
      one.pipe(other).on('error', () => one.destroy())
    caller.on('close', () => container.destroy())
    container.on('close', () => caller.destroy())
  })
  server.listen(port, host)
  await once(server, 'listening')
  server.unref()
}
