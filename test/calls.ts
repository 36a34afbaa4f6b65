import { sign } from '../shared/web/signed-call.ts'

/** What the programs under test sign their calls with. */
export const SECRET = 'call-secret-of-the-test-of-32-characters'

/** Asks a program what only programs of ours may ask: with a body it is a POST. */
export function call(url: string, path: string, body?: object): Promise<Response> {
  const method = body === undefined ? 'GET' : 'POST'
  const text = body === undefined ? '' : JSON.stringify(body)
  const authorization = sign({ to: url, method, path }, text, SECRET, Date.now())
  const headers = { authorization, 'content-type': 'application/json' }
  return fetch(url + path, { method, headers, ...(body !== undefined && { body: text }) })
}
