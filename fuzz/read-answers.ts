/** An answer off the wire. `isWhole` is false for one whose end has not come, or never comes, as a stream's. */
export type Answer = { status: number; headers: Map<string, string>; body: Buffer; isWhole: boolean }

const HEAD_END = '\r\n\r\n'

/** Reads what a server said to these requests, of which only the methods matter. Throws when it is no HTTP. */
export function readAnswers(said: Buffer, methods: string[], hasEnded: boolean): Answer[] {
  const answers: Answer[] = []
  let rest = said
  while (rest.length > 0 && answers.length < methods.length) {
    const end = rest.indexOf(HEAD_END)
    if (end < 0) break
    const head = headIn(rest.subarray(0, end).toString('latin1'))
    rest = rest.subarray(end + HEAD_END.length)
    if (head.status < 200) continue // "go on", says the server, and the answer follows
    const { body, length, isWhole } = bodyIn(rest, head, methods[answers.length] ?? '', hasEnded)
    answers.push({ ...head, body, isWhole })
    rest = rest.subarray(length)
  }
  if (hasEnded && rest.length > 0) throw new Error(`bytes that are no answer: ${rest.toString('latin1').slice(0, 100)}`)
  return answers
}

type Head = Pick<Answer, 'status' | 'headers'>

function headIn(text: string): Head {
  const [first = '', ...lines] = text.split('\r\n')
  const status = /^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1]
  if (status === undefined) throw new Error(`no status line: ${first.slice(0, 100)}`)
  const headers = lines.map((line): [string, string] => {
    const [, name = '', value = ''] = /^([\w-]+): ?(.*)$/.exec(line) ?? []
    if (name === '') throw new Error(`no header: ${line.slice(0, 100)}`)
    return [name.toLowerCase(), value]
  })
  return { status: Number(status), headers: new Map(headers) }
}

type BodyRead = { body: Buffer; length: number; isWhole: boolean }
const NOTHING = Buffer.alloc(0)

function bodyIn(rest: Buffer, { status, headers }: Head, method: string, hasEnded: boolean): BodyRead {
  const isHead = method === 'HEAD' && !(isUnread(status, headers) && rest.length > 0)
  if (isHead || status === 204 || status === 304) return { body: NOTHING, length: 0, isWhole: true }
  if (headers.get('transfer-encoding') === 'chunked') return chunksIn(rest)
  const told = headers.get('content-length')
  const length = told === undefined ? rest.length : Math.min(Number(told), rest.length)
  return { body: rest.subarray(0, length), length, isWhole: told === undefined ? hasEnded : length === Number(told) }
}

/** Whoever could not read the request does not know that it was HEAD, and hangs up. */
const isUnread = (status: number, headers: Answer['headers']) =>
  [400, 431].includes(status) && headers.get('connection') === 'close'

function chunksIn(rest: Buffer): BodyRead {
  const chunks: Buffer[] = []
  let at = 0
  for (;;) {
    const lineEnd = rest.indexOf('\r\n', at)
    const size = lineEnd < 0 ? Number.NaN : Number.parseInt(rest.subarray(at, lineEnd).toString('latin1'), 16)
    const next = lineEnd + 2 + size + 2
    if (Number.isNaN(size) || next > rest.length)
      return { body: Buffer.concat(chunks), length: rest.length, isWhole: false }
    at = next
    if (size === 0) return { body: Buffer.concat(chunks), length: at, isWhole: true }
    chunks.push(rest.subarray(lineEnd + 2, lineEnd + 2 + size))
  }
}
