import { connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { type Answer, readAnswers } from './read-answers.ts'
import type { Request } from './request.ts'

const ANSWER_LIMIT_MS = 5_000
const TICK_MS = 100
const STREAM_READ_MS = 100 // how long a stream is listened to after its first word
const PIECES = 8
const PIECE_EVERY_MS = 10
const CUT_AFTER_MS = 20

/** What came of a request. `trouble` says why there are fewer answers than asked for. */
export type Talk = { answers: Answer[]; trouble: string | null }

/** Sends the request over a connection of its own and hears what is said to it. */
export function talk(address: string, request: Request): Promise<Talk> {
  const { hostname, port } = new URL(address)
  const socket = connect({ host: hostname, port: Number(port), noDelay: true })
  const heard = hear(socket, request)
  void send(socket, request)
  return heard
}

async function send(socket: Socket, { bytes, wish: { sending } }: Request): Promise<void> {
  const size = sending.kind === 'pieces' ? Math.ceil(bytes.length / PIECES) : bytes.length
  for (let at = 0; at < bytes.length; at += size) {
    if (at > 0) await delay(PIECE_EVERY_MS)
    if (!socket.writable) return
    socket.write(bytes.subarray(at, at + size))
  }
  if (sending.kind !== 'cut') return
  await delay(CUT_AFTER_MS)
  socket.destroy()
}

function hear(socket: Socket, { asked, method }: Request): Promise<Talk> {
  const methods = Array.from({ length: Math.max(1, asked) }, () => method) // what is cut off may be answered all the same
  const chunks: Buffer[] = []
  return new Promise((resolve) => {
    let trouble: string | null = null
    let waitedMs = 0 // by our own ticks: while the whole machine stands still nobody is slow
    const end = (why: string | null) => {
      trouble ??= why
      socket.destroy()
    }
    const limit = setInterval(() => {
      waitedMs += TICK_MS
      if (waitedMs >= ANSWER_LIMIT_MS) end(`no answer after ${ANSWER_LIMIT_MS / 1_000} s`)
    }, TICK_MS)
    socket.on('data', (chunk) => {
      chunks.push(chunk)
      const { answers } = told(chunks, methods, false)
      if (answers.filter(({ isWhole }) => isWhole).length === asked) end(null)
      else if (answers.some(isSpeaking)) setTimeout(() => end(null), STREAM_READ_MS)
    })
    socket.on('error', (error: NodeJS.ErrnoException) => end(`the connection broke: ${error.code}`))
    socket.on('close', () => {
      clearInterval(limit)
      const { answers, nonsense } = told(chunks, methods, true)
      const missing = isEnough(answers, asked) ? null : (trouble ?? 'the connection was closed without an answer')
      resolve({ answers, trouble: nonsense ?? missing })
    })
  })
}

/** Whoever closes the connection, or streams, need not answer what stood behind. */
function isEnough(answers: Answer[], asked: number): boolean {
  const last = answers.at(-1)
  const isLast = last?.headers.get('connection') === 'close' || (last !== undefined && isSpeaking(last))
  return (isLast || answers.length >= asked) && answers.every((answer) => answer.isWhole || isSpeaking(answer))
}

const isSpeaking = ({ headers, body }: Answer) =>
  headers.get('content-type')?.startsWith('text/event-stream') === true && body.length > 0

function told(chunks: Buffer[], methods: string[], hasEnded: boolean): { answers: Answer[]; nonsense: string | null } {
  try {
    return { answers: readAnswers(Buffer.concat(chunks), methods, hasEnded), nonsense: null }
  } catch (error) {
    return { answers: [], nonsense: error instanceof Error ? error.message : String(error) }
  }
}
