/** A refusal in the server's words, or `status` 0 when there was no answer at all. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} detail
   * @param {{ field: string, message: string }[]} [errors]
   */
  constructor(status, detail, errors = []) {
    super(detail)
    this.status = status
    this.errors = errors
  }
}

/** True when an answer was that whoever asks is not let in. */
export const isRefusedEntry = (/** @type {unknown} */ error) =>
  error instanceof Refusal && (error.status === 401 || error.status === 403)

const ANSWER_LIMIT_MS = 15_000
const SKEW_MS = 2_000 // a server tells its time in whole seconds, and an answer takes a while

let aheadMs = 0

/** What time it is (ms) by the server's clock, as far as it has told: that of a visitor may be wrong by hours. */
export const serverNow = () => Date.now() + aheadMs

/** @param {string} path @param {Record<string, string>} [headers] @returns {Promise<any>} what the server answers; rejects with a `Refusal` */
export const get = (path, headers = {}) => ask(path, { headers })

/** @param {string} path @param {object} [body] @param {Record<string, string>} [headers] @returns {Promise<any>} */
export function post(path, body = {}, headers = {}) {
  const all = { 'content-type': 'application/json', ...headers }
  return ask(path, { method: 'POST', headers: all, body: JSON.stringify(body) })
}

/** @param {string} path @returns {Promise<any>} */
export const remove = (path) => ask(path, { method: 'DELETE' })

/** Refusals come in the language of the page, and so do mails that follow from what was asked. */
async function ask(/** @type {string} */ path, /** @type {RequestInit} */ request) {
  const headers = { 'accept-language': document.documentElement.lang, ...request.headers }
  const response = await fetch(path, { ...request, headers, signal: AbortSignal.timeout(ANSWER_LIMIT_MS) }).catch(gone)
  noteTime(response.headers.get('date'))
  const answer = await response.json().catch(() => null)
  if (response.ok) return answer
  throw new Refusal(response.status, answer?.detail ?? response.statusText, answer?.errors)
}

function noteTime(/** @type {string | null} */ date) {
  const differenceMs = Date.parse(date ?? '') - Date.now()
  if (Number.isFinite(differenceMs)) aheadMs = Math.abs(differenceMs) > SKEW_MS ? differenceMs : 0
}

/** @returns {never} */
function gone() {
  throw new Refusal(0, 'The server does not answer.')
}
