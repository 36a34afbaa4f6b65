import type { Express } from '../../shared/web/http.ts'
import { serveAssets } from '../../shared/web/serve-pages.ts'

/** Serves the page of logs. */
export function serveLogs(app: Express): void {
  app.get('/logs', serveAssets(app, 'logs')('logs.html'))
}
