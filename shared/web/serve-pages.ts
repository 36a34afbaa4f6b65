import { type Asset, readAssets, readLibraries } from './assets.ts'
import { type Express, Problem, type Request, type Response } from './http.ts'

// Everything comes from this very server: nothing is fetched elsewhere, and nothing that is not a file here runs.
const POLICY = [
  "default-src 'none'",
  ...["script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'", "form-action 'self'"],
  ...["base-uri 'none'", "frame-ancestors 'none'", "manifest-src 'self'"],
].join('; ')

/** Sends one page to whoever asks. */
export type Page = (req: Request, res: Response) => void

/**
 * Serves what the pages of a service consist of: what all pages share (`shared/web/public`) under `/assets`, and the
 * service's own (`services/<name>/public`) under `/<name>/assets`. Returns its pages by the names of their files.
 */
export function serveAssets(app: Express, name: string): (file: string) => Page {
  const own = readAssets(`services/${name}`)
  serveAll(app, '/assets/', new Map([...readAssets('shared/web'), ...readLibraries()]))
  serveAll(app, `/${name}/assets/`, own)
  app.get('/favicon.ico', (_req, res) => void res.redirect(301, '/assets/mark.svg'))
  return (file) => {
    const page = own.get(file)
    if (page === undefined) throw new Error(`services/${name}/public has no ${file}`)
    return (req, res) => send(req, res, page)
  }
}

function serveAll(app: Express, prefix: string, assets: Map<string, Asset>): void {
  app.get(`${prefix}*path`, (req, res) => {
    const asset = assets.get(req.path.slice(prefix.length))
    if (asset === undefined) throw new Problem(404, 'Not found', `There is no file ${req.path}.`)
    send(req, res, asset)
  })
}

/** `no-cache` means: ask first. Most answers are then an empty 304, and a new version is seen at once. */
function send(req: Request, res: Response, { type, body, etag }: Asset): void {
  res.set({
    'Cache-Control': 'no-cache',
    ETag: etag,
    'Content-Security-Policy': POLICY,
    'Referrer-Policy': 'no-referrer', // nobody else is told which order was looked at
  })
  if (req.get('if-none-match') === etag) res.status(304).end()
  else res.type(type).send(body)
}
