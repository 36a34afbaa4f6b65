import type { Express } from '../../shared/web/http.ts'
import { serveAssets } from '../../shared/web/serve-pages.ts'

/** Serves the page of the control room. */
export function serveRoom(app: Express): void {
  const page = serveAssets(app, 'control')
  app.get('/control', page('control.html'))
}
