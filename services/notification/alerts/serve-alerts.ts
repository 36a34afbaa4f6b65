import type { Express } from '../../../shared/web/http.ts'
import { type Page, serveAssets } from '../../../shared/web/serve-pages.ts'

/**
 * Serves the page where alerts are confirmed and stopped: by a button, for programs follow links in mails, too. It takes the code from its
 * address: from behind the `#`, or from where a mail program finds it. Returns it for there.
 */
export function serveAlerts(app: Express): Page {
  const page = serveAssets(app, 'notification')('alerts.html')
  app.get('/alerts', page)
  return page
}
