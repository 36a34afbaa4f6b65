import type { ShowRefusal } from '../http.ts'
import type { Page } from '../serve-pages.ts'

const DATA = /^\/(api|ops|assets|\w+\/assets)\//

/** People who look for a page are shown one, in the frame of all pages; whoever asks for data is told so in data. */
export function refusalsOn(nothing: Page, away: Page): ShowRefusal {
  return (req, res, status) => {
    const isLookedAt = req.method === 'GET' && !DATA.test(req.path) && req.accepts(['json', 'html']) === 'html'
    if (!isLookedAt || (status !== 404 && status < 500)) return false
    const show = status === 404 ? nothing : away
    show(req, res).catch(() => res.destroy())
    return true
  }
}
