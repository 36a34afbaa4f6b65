import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { type Note, notesIn } from '../note.ts'

const AGAIN_MS = 200 // at least, until it comes back; so that not all of a crowd come at once
const AGAIN_VARIES_MS = 800

/** One who listens to a stream of server-sent events as a browser does: it comes back by itself, and says where it was. */
export class Reader {
  readonly #url: URL
  readonly #hear: (note: Note) => void
  #socket: Socket | undefined
  #lastId = ''
  #rest = ''
  #isAway = false
  isOpen = false

  constructor(url: string, hear: (note: Note) => void) {
    this.#url = new URL(url)
    this.#hear = hear
  }

  /** Resolves when the stream is open; rejects when it cannot be opened, and then does not try again. */
  open(): Promise<void> {
    const { host, hostname, port, pathname, search } = this.#url
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port) })
      const id = this.#lastId === '' ? '' : `Last-Event-ID: ${this.#lastId}\r\n`
      socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: ${host}\r\nAccept: text/event-stream\r\n${id}\r\n`)
      socket.setEncoding('utf8').on('data', (text: unknown) => {
        if (!this.isOpen && String(text).startsWith('HTTP/1.1 200')) {
          this.isOpen = true
          resolve()
        }
        this.#take(String(text))
      })
      socket.on('error', () => socket.destroy())
      socket.once('close', () => {
        this.#rest = ''
        if (!this.isOpen) return reject(new Error(`${this.#url} cannot be read`))
        this.isOpen = false
        if (!this.#isAway) void this.comeBack()
      })
      this.#socket = socket
    })
  }

  /** Goes, until it is told to come back. */
  leave(): void {
    this.#isAway = true
    this.#socket?.destroy()
  }

  async comeBack(): Promise<void> {
    this.#isAway = false
    for (let isBack = false; !isBack && !this.#isAway; ) {
      await delay(AGAIN_MS + Math.random() * AGAIN_VARIES_MS)
      if (!this.#isAway) isBack = await this.open().then(YES, NO)
    }
  }

  /** Whole events only: an id that is cut off is another one. */
  #take(text: string): void {
    const all = this.#rest + text
    const end = all.lastIndexOf('\n\n')
    this.#rest = all.slice(end < 0 ? 0 : end + 2)
    if (end < 0) return
    const events = all.slice(0, end + 1)
    this.#lastId = [...events.matchAll(/^id: ?(\S+)$/gm)].at(-1)?.[1] ?? this.#lastId
    for (const note of notesIn(events)) this.#hear(note)
  }
}

const YES = () => true
const NO = () => false
