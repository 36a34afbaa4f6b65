import { language } from '../text.js'

const ANSWER_LIMIT_MS = 20_000
const STREAM_MS = 4_000 // of a stream, enough to see what comes
const SHOWN_MAX = 20_000 // characters

/** @import { Trial } from '../../../docs/trial-told.ts' */
/** @typedef {{ status: number, text: string, ms: number, body?: unknown }} Answer `status` 0: there was none */
/** @typedef {{ names: Record<string, string>, query: string, key: string, body: string }} Filled */

/**
 * Asks this very shop; the cookies of this browser go along.
 * @param {Trial} trial
 * @param {Filled} filled
 * @returns {Promise<Answer>}
 */
export async function ask(trial, filled) {
  const since = performance.now()
  const ended = AbortSignal.timeout(trial.isStream ? STREAM_MS : ANSWER_LIMIT_MS)
  try {
    const response = await fetch(addressOf(trial, filled), { ...requestOf(trial, filled), signal: ended })
    const text = trial.isStream ? await readFor(response) : await response.text()
    const ms = performance.now() - since
    const body = parsed(text)
    return { status: response.status, ms, body, text: shown(body === undefined ? text : JSON.stringify(body, null, 2)) }
  } catch {
    return { status: 0, text: '', ms: performance.now() - since }
  }
}

function addressOf(/** @type {Trial} */ { path }, /** @type {Filled} */ { names, query }) {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name) => encodeURIComponent(names[name] ?? ''))
  return query === '' ? filled : `${filled}?${query}`
}

/** @param {Trial} trial @param {Filled} filled @returns {RequestInit} */
function requestOf({ method, body: takesBody }, { key, body }) {
  const headers = {
    'accept-language': language,
    ...(takesBody !== null && { 'content-type': 'application/json' }),
    ...(key !== '' && { 'order-key': key }),
  }
  return { method: method.toUpperCase(), headers, ...(takesBody !== null && { body }) }
}

/** What a stream says until its time is over. */
async function readFor(/** @type {Response} */ response) {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  for (;;) {
    const { done, value } = (await reader?.read().catch(() => null)) ?? { done: true }
    if (done || text.length > SHOWN_MAX) return text
    text += value
  }
}

function parsed(/** @type {string} */ text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const shown = (/** @type {string} */ text) => (text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text)
