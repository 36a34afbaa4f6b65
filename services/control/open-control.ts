import { z } from 'zod'
import { cookieFor, isToken, unauthorized } from '../../shared/web/admin-cookie.ts'
import { type Express, parseBody, type Request, type Response } from '../../shared/web/http.ts'
import { readJson } from '../../shared/web/read-body.ts'

const COOKIE_MS = 12 * 60 * 60 * 1_000

const body = z.object({ token: z.string().max(500) })

/**
 * The ways into the control room: the link that `npm start` prints, `/control?token=…`, and the form on the
 * page. Both leave a cookie that scripts cannot read; the link leads on to an address without the token.
 */
export function mountControlDoor(app: Express, adminToken: string | undefined): void {
  const letIn = (res: Response, req: Request, given: string) => {
    if (adminToken === undefined || !isToken(given, adminToken)) return false
    const { name, value } = cookieFor(adminToken)
    res.cookie(name, value, { httpOnly: true, sameSite: 'strict', secure: req.secure, path: '/', maxAge: COOKIE_MS })
    return true
  }
  app.get('/control', (req, res, next) => {
    const { token } = req.query
    if (typeof token !== 'string') return next()
    const door = letIn(res, req, token) ? '/control' : '/control?refused'
    res.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' }).redirect(303, door)
  })
  app.post('/control', readJson, (req, res) => {
    if (!letIn(res, req, parseBody(body, req.body).token)) throw unauthorized('That is not the admin token.')
    res.status(204).end()
  })
}
