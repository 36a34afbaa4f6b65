import { gzipSync } from 'node:zlib'

const bytes = (text: string) => Buffer.from(text)
const ONE_MB = 1024 * 1024
const LIMIT = 64 * 1024 // what a body may have; both sides of it are tried

/** The ways in which a text is no JSON, or JSON that nobody expects. */
export const breakages = {
  cut: (text: string) => bytes(text.slice(0, Math.ceil(text.length / 2))),
  'one more brace': (text: string) => bytes(`${text}}`),
  'a comma too many': (text: string) => bytes(text.replace(/([}\]])$/, ',$1')),
  'single quotes': (text: string) => bytes(text.replaceAll('"', "'")),
  'a comment': (text: string) => bytes(`/* */${text}`),
  'byte order mark': (text: string) => bytes(`\ufeff${text}`),
  'two of them': (text: string) => bytes(`${text}\n${text}`),
  'names twice': (text: string) => bytes(text.replace(/^\{(.+)\}$/s, '{$1,$1}')),
  'no number': (text: string) => bytes(text.replace(/\d+/, 'NaN')),
  'a number without end': (text: string) => bytes(text.replace(/:\d+/, ':1e400')),
  'four hundred digits': (text: string) => bytes(text.replace(/:\d+/, `:${'9'.repeat(400)}`)),
  'a number as 1.0': (text: string) => bytes(text.replace(/:(\d+)/, ':$1.0')),
  'half a character': (text: string) => Buffer.concat([bytes(text), Buffer.from([0xc3])]),
  'not UTF-8': (text: string) => Buffer.from(text.replace(/"(\w)/g, '"\xff$1'), 'latin1'),
  'UTF-16': (text: string) => Buffer.from(text, 'utf16le'),
  'a NUL': (text: string) => bytes(text.replace(/"(\w)/, '"\0$1')),
  gzip: (text: string) => gzipSync(text),
  'a form': () => bytes('a=1&b=2'),
  blanks: () => bytes('  \n '),
  null: () => bytes('null'),
  'a word': () => bytes('"order"'),
  'open brackets': () => bytes('['.repeat(60_000)),
  'brackets without end': () => bytes(`${'['.repeat(30_000)}${']'.repeat(30_000)}`),
  'objects without end': () => bytes(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`),
  'as large as may be': (text: string) => bytes(text.padEnd(LIMIT)),
  'one byte too large': (text: string) => Buffer.concat([bytes(text.padEnd(LIMIT)), bytes(' ')]),
  'a megabyte': (text: string) => bytes(text.padEnd(ONE_MB)),
} satisfies Record<string, (text: string) => Buffer>

export type Breakage = keyof typeof breakages
