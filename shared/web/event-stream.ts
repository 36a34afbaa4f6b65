import type { Response } from './http.ts'

/** Server-sent events: https://html.spec.whatwg.org/multipage/server-sent-events.html */
export type EventStream = {
  send(id: number, data: unknown): void
  /** Sends what `eventOf` has made, which may go to many streams. */
  pass(event: Buffer): void
  /** How many bytes its reader has not taken yet, as far as this process keeps them. */
  unsent(): number
  end(): void
  /** Ends it at once, with what is not sent. */
  cut(): void
}

const HEARTBEAT_MS = 15_000 // proxies cut what is silent for longer
const UNSENT_MAX_BYTES = 256 * 1024 // a reader this far behind is cut off; it resumes from where it was
const RETRY_MS = 1_000

const HEADERS = {
  'Content-Type': 'text/event-stream',
  'X-Accel-Buffering': 'no', // or nginx keeps events back until it has a bufferful
  Connection: 'close', // nothing follows a stream, and a shutdown need not wait for it
}

/** Turns an answer into a stream. `onClose` is called once, whoever ends it. */
export function openEventStream(res: Response, onClose: () => void): EventStream {
  res.useChunkedEncodingByDefault = false // it ends with its connection; chunks would make three pieces of each event
  res.writeHead(200, HEADERS)
  res.write(`retry: ${RETRY_MS}\n\n`)
  const write = (text: string | Buffer) => {
    if (res.writableLength > UNSENT_MAX_BYTES) res.destroy()
    else res.write(text)
  }
  const heartbeat = setInterval(() => write(': still here\n\n'), HEARTBEAT_MS)
  res.once('close', () => {
    clearInterval(heartbeat)
    onClose()
  })
  return {
    send: (id, data) => write(`id: ${id}\ndata: ${JSON.stringify(data)}\n\n`),
    pass: write,
    unsent: () => res.writableLength,
    end: () => void res.end(),
    cut: () => void res.destroy(),
  }
}

/** What HEAD is told of a stream, which ends there. */
export function tellOfStream(res: Response): null {
  res.writeHead(200, HEADERS).end()
  return null
}

/** An event without an id. `json` is one line. */
export function eventOf(json: string): Buffer {
  return Buffer.from(`data: ${json}\n\n`)
}
