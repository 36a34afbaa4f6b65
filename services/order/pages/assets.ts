import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, extname, join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export type Asset = { type: string; body: Buffer; etag: string }

const TYPES = new Map([
  ['.html', 'text/html; charset=utf-8'],
  ['.css', 'text/css; charset=utf-8'],
  ['.js', 'text/javascript; charset=utf-8'],
  ['.svg', 'image/svg+xml'],
])

/** Every file of `public` by its path, held in memory: they are small, and no path can lead elsewhere. */
export function readAssets(): Map<string, Asset> {
  const folder = publicFolder()
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const wanted = files.filter((file) => TYPES.has(extname(file)) && statSync(join(folder, file)).isFile())
  return new Map(wanted.map((file) => [file.split(sep).join('/'), readAsset(join(folder, file))]))
}

/** In the sources, wherever this runs from: `tsc` compiles and does not copy. */
function publicFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url))
  const beside = join(here, 'public')
  return existsSync(beside) ? beside : join(here, '../../../../services/order/pages/public')
}

function readAsset(path: string): Asset {
  const body = readFileSync(path)
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  return { type: TYPES.get(extname(path)) ?? 'application/octet-stream', body, etag }
}
