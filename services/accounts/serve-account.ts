import type { Express } from '../../shared/web/http.ts'
import { serveAssets } from '../../shared/web/serve-pages.ts'

/** Every page is the same file, which looks at its address; what stands behind the # of it stays in the browser. */
const PAGES = ['/account', '/account/sign-up', '/account/sign-in', '/account/verify', '/account/reset']

/** Serves the pages of those who have an account, or want one. */
export function serveAccount(app: Express): void {
  app.get(PAGES, serveAssets(app, 'accounts')('account.html'))
}
