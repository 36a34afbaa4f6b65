const CRLF = '\r\n'
const raw = (lines: string[], body: Buffer, end = CRLF) =>
  Buffer.concat([Buffer.from(`${lines.join(end)}${end}${end}`, 'latin1'), body])

const first = ([line = '', ...headers]: string[], change: (line: string) => string) => [change(line), ...headers]
const without = (lines: string[], name: string) => lines.filter((line) => !line.toLowerCase().startsWith(`${name}:`))
const unsized = (lines: string[]) => without(without(lines, 'content-length'), 'transfer-encoding')

/** The ways in which a request is no proper HTTP, or HTTP that is seldom seen: of its lines and body, what is sent. */
export const crooked = {
  'HTTP/1.0': (lines, body) =>
    raw(
      first(lines, (line) => line.replace('1.1', '1.0')),
      body,
    ),
  'HTTP/9.9': (lines, body) =>
    raw(
      first(lines, (line) => line.replace('1.1', '9.9')),
      body,
    ),
  'no version': (lines, body) =>
    raw(
      first(lines, (line) => line.replace(' HTTP/1.1', '')),
      body,
    ),
  'small letters': (lines, body) =>
    raw(
      first(lines, (line) => line.toLowerCase()),
      body,
    ),
  'blanks in the line': (lines, body) =>
    raw(
      first(lines, (line) => line.replaceAll(' ', '  ')),
      body,
    ),
  'a control in the target': (lines, body) =>
    raw(
      first(lines, (line) => line.replace(' HTTP', '\x01 HTTP')),
      body,
    ),
  'an address that is none': (lines, body) =>
    raw(
      first(lines, (line) => line.replace(' /', ' ')),
      body,
    ),
  'a fragment': (lines, body) =>
    raw(
      first(lines, (line) => line.replace(' HTTP', '#here HTTP')),
      body,
    ),
  'a whole address': (lines, body) =>
    raw(
      first(lines, (line) => line.replace(' /', ' http://shop.example/')),
      body,
    ),
  'no host': (lines, body) => raw(without(lines, 'host'), body),
  'two hosts': (lines, body) => raw([...lines, 'Host: b.example'], body),
  'an odd host': (lines, body) => raw([...without(lines, 'host'), 'Host: a b:99999/\xff'], body),
  'a header without colon': (lines, body) => raw([...lines, 'hello'], body),
  'a header without name': (lines, body) => raw([...lines, ': hello'], body),
  'a blank before the colon': (lines, body) => raw([...lines, 'X-A : b'], body),
  'a folded header': (lines, body) => raw([...lines, 'X-A: b', ' c'], body),
  'a NUL in a header': (lines, body) => raw([...lines, 'X-A: \0'], body),
  'a header in UTF-8': (lines, body) => raw([...lines, `X-A: ${Buffer.from('é🙈').toString('latin1')}`], body),
  'a header of 20 kB': (lines, body) => raw([...lines, `X-A: ${'a'.repeat(20_000)}`], body),
  'three thousand headers': (lines, body) => raw([...lines, ...Array(3_000).fill('A: b')], body),
  'every header twice': (lines, body) => raw([...lines, ...lines.slice(1)], body),
  'a length in words': (lines, body) => raw([...unsized(lines), 'Content-Length: ten'], body),
  'a length below nothing': (lines, body) => raw([...unsized(lines), 'Content-Length: -1'], body),
  'a length beyond counting': (lines, body) => raw([...unsized(lines), `Content-Length: ${'9'.repeat(30)}`], body),
  'two lengths': (lines, body) => raw([...unsized(lines), 'Content-Length: 1', 'Content-Length: 2'], body),
  'length and chunks': (lines, body) =>
    raw([...unsized(lines), 'Content-Length: 5', 'Transfer-Encoding: chunked'], chunked(body)),
  chunks: (lines, body) => raw([...unsized(lines), 'Transfer-Encoding: chunked'], chunked(body)),
  'chunks of no size': (lines, body) => raw([...unsized(lines), 'Transfer-Encoding: chunked'], badChunks(body)),
  'chunks with much to say': (lines) =>
    raw([...unsized(lines), 'Transfer-Encoding: chunked'], Buffer.from(`1;a=${'b'.repeat(20_000)}\r\n1\r\n0\r\n\r\n`)),
  'another encoding': (lines, body) => raw([...unsized(lines), 'Transfer-Encoding: gzip, chunked'], chunked(body)),
  'expecting to be asked': (lines, body) => raw([...lines, 'Expect: 100-continue'], body),
  'expecting a wonder': (lines, body) => raw([...lines, 'Expect: a-wonder'], body),
  'wanting another protocol': (lines, body) => raw([...lines, 'Connection: Upgrade', 'Upgrade: websocket'], body),
  'wanting HTTP/2': (lines, body) => raw([...lines, 'Upgrade: h2c', 'HTTP2-Settings: AAMAAABkAAQAAP__'], body),
  'line feeds only': (lines, body) => raw(lines, body, '\n'),
  'empty lines before': (lines, body) => Buffer.concat([Buffer.from('\r\n\r\n'), raw(lines, body)]),
  'from another site': (lines, body) =>
    raw([...lines, 'Origin: http://evil.example', 'Sec-Fetch-Site: cross-site'], body),
  'through many proxies': (lines, body) =>
    raw([...lines, 'X-Forwarded-For: ::1, nobody, \xff', 'Forwarded: for="'], body),
  'through ourselves': (lines, body) => raw([...lines, 'Via: 1.1 somebody', 'X-Forwarded-Proto: gopher'], body),
  'accepting nothing': (lines, body) => raw([...lines, 'Accept: x/y;q=0', 'Accept-Encoding: *;q=0'], body),
  'a part of it': (lines, body) => raw([...lines, 'Range: bytes=-1-0', 'If-None-Match: *', 'If-Match: "x"'], body),
  'a hello of TLS': () => Buffer.from('16030100c8010000c40303', 'hex'),
  'a hello of HTTP/2': () => Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  'about the server': (lines) => raw(['OPTIONS * HTTP/1.1', ...unsized(lines).slice(1)], Buffer.alloc(0)),
} satisfies Record<string, (lines: string[], body: Buffer) => Buffer>

export type Crooked = keyof typeof crooked

/** Two chunks, the last one empty. */
function chunked(body: Buffer): Buffer {
  if (body.length === 0) return Buffer.from('0\r\n\r\n')
  return Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')])
}

const badChunks = (body: Buffer) => Buffer.concat([Buffer.from('zz\r\n'), body, Buffer.from('\r\n0\r\n\r\n')])
