import type { Express } from '../../shared/web/http.ts'
import { serveAssets } from '../../shared/web/serve-pages.ts'

/** Serves the control room, the tour, and the page of events. */
export function serveRoom(app: Express): void {
  const page = serveAssets(app, 'control')
  app.get('/control', page('control.html'))
  app.get('/tour', page('tour.html'))
  app.get('/events', page('events.html'))
}
