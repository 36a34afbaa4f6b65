import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { notesIn } from './note.ts'
import { Tally } from './tally.ts'

/** Is told when a reader's stream is open, when it has ended, and how long a note took (ms). */
export type Hearing = { opened(): void; ended(): void; took(ms: number): void }

const AGAIN_MS = 200 // at least, until it comes back; so that not all of a crowd come at once
const AGAIN_VARIES_MS = 800

/** One who reads a stream of server-sent events as a browser does: it comes back by itself, and says where it was. */
export class Reader {
  readonly tally = new Tally()
  readonly #url: URL
  readonly #hearing: Hearing
  #socket: Socket | undefined
  #lastId = ''
  #rest = ''
  #isDone = false

  constructor(url: string, hearing: Hearing) {
    this.#url = new URL(url)
    this.#hearing = hearing
  }

  /** Resolves when the stream is open; rejects when it cannot be opened, and then does not try again. */
  open(): Promise<void> {
    const { host, hostname, port, pathname, search } = this.#url
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port) })
      const id = this.#lastId === '' ? '' : `Last-Event-ID: ${this.#lastId}\r\n`
      socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nAccept: text/event-stream\r\n${id}\r\n`)
      let isOpen = false
      socket.setEncoding('latin1').on('data', (text: unknown) => {
        if (!isOpen && String(text).startsWith('HTTP/1.1 200')) {
          isOpen = true
          this.#hearing.opened()
          resolve()
        }
        this.#hear(String(text))
      })
      socket.on('error', () => socket.destroy())
      socket.once('close', () => {
        this.#rest = ''
        if (!isOpen) return reject(new Error(`${this.#url} cannot be read`))
        this.#hearing.ended()
        void this.#comeBack()
      })
      this.#socket = socket
    })
  }

  close(): void {
    this.#isDone = true
    this.#socket?.destroy()
  }

  async #comeBack(): Promise<void> {
    for (let isBack = false; !isBack && !this.#isDone; ) {
      await delay(AGAIN_MS + Math.random() * AGAIN_VARIES_MS)
      if (!this.#isDone)
        isBack = await this.open().then(
          () => true,
          () => false,
        )
    }
  }

  /** Whole events only: an id that is cut off is another one. */
  #hear(text: string): void {
    const all = this.#rest + text
    const end = all.lastIndexOf('\n\n')
    this.#rest = all.slice(end < 0 ? 0 : end + 2)
    if (end < 0) return
    const events = all.slice(0, end + 1)
    this.#lastId = [...events.matchAll(/^id: ?(\S+)$/gm)].at(-1)?.[1] ?? this.#lastId
    for (const { n, at } of notesIn(events)) if (this.tally.hear(n)) this.#hearing.took(Date.now() - at)
  }
}
