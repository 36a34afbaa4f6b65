import { connect, type Socket } from 'node:net'
import { connectionsMax } from '../open-files.ts'
import { serve } from '../serve.ts'

export type Watch = { url: string; count: number }

const AT_ONCE = 200 // connections being made
const HEARD_LIMIT_MS = 60_000

// Watchers of a sale in a process of their own: each has a connection, and notes when it hears that all is sold.
const sockets: Socket[] = []
const heardAt: number[] = []

serve({ open, heard }, async () => {
  for (const socket of sockets) socket.destroy()
})

/** Opens so many streams, or as many as one process may have open; resolves with how many, when each has been told something. */
async function open({ url, count }: Watch): Promise<number> {
  const wanted = Math.min(count, connectionsMax())
  while (sockets.length < wanted) {
    const slice = Math.min(AT_ONCE, wanted - sockets.length)
    sockets.push(...(await Promise.all(Array.from({ length: slice }, () => watch(url)))))
  }
  return wanted
}

function watch(url: string): Promise<Socket> {
  const { host, hostname, port, pathname, search } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port) })
    socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nAccept: text/event-stream\r\n\r\n`)
    const hear = (chunk: string) => {
      if (chunk.includes('data: ')) resolve(socket)
      if (!chunk.includes('"why":"soldOut"')) return
      heardAt.push(Date.now())
      socket.off('data', hear)
    }
    socket.setEncoding('latin1').on('data', hear)
    socket.once('error', reject)
    socket.once('close', () => reject(new Error('a stream has ended before it has told anything')))
  })
}

/** When each of them heard it (ms since 1970), or those that did within a minute. */
async function heard(): Promise<number[]> {
  for (const untilMs = Date.now() + HEARD_LIMIT_MS; heardAt.length < sockets.length && Date.now() < untilMs; )
    await new Promise((resolve) => setTimeout(resolve, 100))
  return heardAt
}
