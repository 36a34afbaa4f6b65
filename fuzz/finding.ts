import type { Request } from './request.ts'

/** Something that should not be: what, at which of the requests, and how it is asked again. */
export type Finding = { nth: number; route: string; what: string; repeat: string }

const SHOWN_MAX = 4_000 // bytes; what is larger goes to a file

/**
 * A line of a shell that sends the same request to a shop at localhost:3000, whose admin token is in $TOKEN. `keep` puts
 * what is too large for a line into a file, and returns its path.
 */
export function repeatOf(request: Request, token: string, keep: (bytes: Buffer) => string): string {
  const { wish, bytes } = request
  if (bytes.length > SHOWN_MAX) return `nc localhost 3000 < ${keep(bytes)}`
  const isPlain = wish.sending.kind === 'whole' || wish.sending.kind === 'pieces'
  const quoted = (text: string) => quotedFor(token, text)
  if (isPlain) return curl(request, quoted)
  return `printf ${quoted(escaped(bytes, '%'))} | nc localhost 3000`
}

function curl({ method, target, headers, body }: Request, quoted: (text: string) => string): string {
  const own = headers.filter(([name]) => name !== 'Host' && name !== 'Content-Length')
  const verb = method === 'HEAD' ? '-I' : `-X ${method}`
  return [
    `curl -sig --path-as-is ${verb} ${quoted(escaped(latin1(`localhost:3000${target}`)))}`,
    ...own.map(([name, value]) => `-H ${quoted(escaped(latin1(`${name}: ${value}`)))}`),
    ...(body.length > 0 ? [`--data-binary ${quoted(escaped(body))}`] : []),
  ].join(' ')
}

const latin1 = (text: string) => Buffer.from(text, 'latin1')

function quotedFor(token: string, text: string): string {
  const open = text.includes('\\') ? "$'" : "'"
  return `${open}${text.split(token).join(`'"$TOKEN"${open}`)}'`
}

/** Bytes as Bash writes them in $'…'. `also` is a sign that `printf` would take for itself. */
function escaped(bytes: Buffer, also = ''): string {
  return [...bytes]
    .map((byte) => {
      const sign = String.fromCharCode(byte)
      if (also !== '' && sign === also) return `${sign}${sign}`
      return byte < 0x20 || byte > 0x7e || sign === "'" || sign === '\\'
        ? `\\x${byte.toString(16).padStart(2, '0')}`
        : sign
    })
    .join('')
}
