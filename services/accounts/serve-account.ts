import type { Express } from '../../shared/web/http.ts'
import { wordsIn } from '../../shared/web/pages/words.ts'
import { serveAssets } from '../../shared/web/serve-pages.ts'

/** One file, which looks at its address; what stands behind the # of it stays in the browser. */
const FORMS = [
  { path: '/account/sign-up', title: 'signUp.title', heading: 'signUp.title' },
  { path: '/account/sign-in', title: 'signIn.title', heading: 'signIn.title' },
  { path: '/account/verify', title: 'verify.title', heading: 'verify.asking' },
  { path: '/account/reset', title: 'reset.title', heading: 'reset.ask' },
]

/** Serves the pages of those who have an account, or want one. */
export function serveAccount(app: Express): void {
  const page = serveAssets(app, 'accounts')
  app.get('/account', page('account.html'))
  for (const { path, title, heading } of FORMS)
    app.get(
      path,
      page('account-form.html', (language) => {
        const say = (key: string) => wordsIn[language][key] ?? key
        return { title: say(title), heading: say(heading) }
      }),
    )
}
