import type { Express } from '../../../shared/web/http.ts'
import { serveAssets } from '../../../shared/web/serve-pages.ts'

/** The same file, which takes the code from its address: from behind the `#`, or from where a mail program finds it. */
const PAGES = ['/alerts', '/alerts/stop/:code']

/** Serves the page where alerts are confirmed and stopped: by a button, for programs follow links in mails, too. */
export function serveAlerts(app: Express): void {
  app.get(PAGES, serveAssets(app, 'notification')('alerts.html'))
}
