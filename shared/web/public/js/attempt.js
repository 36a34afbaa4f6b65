/** One key per content: pressing a button again after a lost answer is the same request, not a second. */
export function createAttempt() {
  let last = { content: '', key: '' }
  return {
    keyOf: (/** @type {object} */ body) => {
      const content = JSON.stringify(body)
      if (content !== last.content) last = { content, key: randomKey() }
      return last.key
    },
    /** It has been answered: the same content is meant anew. */
    isDone: () => {
      last = { content: '', key: '' }
    },
  }
}

/** 128 random bits, in hexadecimal. */
export const randomKey = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
