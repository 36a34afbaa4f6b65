import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { extname, join, sep } from 'node:path'
import { root } from '../root.ts'

/** What is the same for everybody who asks for it. */
export type Asset = { type: string; body: Buffer; etag: string }

/** By their paths below one address. */
export type Files = Map<string, Asset>

const TYPES = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
])

/** Every file of `<owner>/public` by its path, held in memory: they are small, and no path can lead elsewhere. */
export function readAssets(owner: string): Files {
  const folder = join(root, owner, 'public')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const wanted = files.filter((file) => TYPES.has(extname(file)) && statSync(join(folder, file)).isFile())
  return new Map(wanted.map((file) => [file.split(sep).join('/'), readAsset(join(folder, file))]))
}

/** What the pages use of others, read from where npm has put it. The names do not change with the versions. */
export function readLibraries(): Files {
  const read = (path: string) => readAsset(join(root, 'node_modules', path))
  return new Map([
    ['vendor/htm-preact.js', read('htm/preact/standalone.module.js')],
    ['vendor/eventsource-parser/parse.js', read('eventsource-parser/dist/parse.js')],
    ['vendor/eventsource-parser/errors.js', read('eventsource-parser/dist/errors.js')], // of which parse.js is made
  ])
}

/** What is sent as a file is by the end of its name. */
export function assetOf(name: string, text: string | Buffer): Asset {
  const body = Buffer.from(text)
  return { type: TYPES.get(extname(name)) ?? 'application/octet-stream', body, etag: `"${digestOf(body)}"` }
}

/** 132 bits of it, as text that may stand in an address. */
export const digestOf = (content: string | Buffer) =>
  createHash('sha256').update(content).digest('base64url').slice(0, 22)

const readAsset = (path: string) => assetOf(path, readFileSync(path))
