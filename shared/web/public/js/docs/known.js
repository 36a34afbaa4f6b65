const KEPT_AS = 'docs'

/** What the variables of the examples stand for in this browser: what was answered before, as long as its tab is open. */
const known = () => /** @type {Record<string, string>} */ (JSON.parse(sessionStorage.getItem(KEPT_AS) ?? '{}'))

/** A text with the variables that are known replaced by what they stand for; the others stay. */
export function filled(/** @type {string} */ text) {
  const values = known()
  return text.replaceAll(/\$([A-Z_]+)/g, (whole, name) => values[name] ?? whole)
}

/**
 * Keeps what an answer tells of variables: `gives` says in which field each stands.
 * @param {Record<string, string>} gives
 * @param {unknown} answer
 */
export function learn(gives, answer) {
  const found = Object.entries(gives).flatMap(([name, field]) => {
    const value = field.split(/[.[\]]+/).reduce((part, key) => (key === '' ? part : Object(part)[key]), answer)
    return typeof value === 'string' ? [[name, value]] : []
  })
  sessionStorage.setItem(KEPT_AS, JSON.stringify({ ...known(), ...Object.fromEntries(found) }))
}

/** Whether something in a text still waits for a value. */
export const hasHoles = (/** @type {string} */ text) => /\$[A-Z_]{3,}/.test(text)
