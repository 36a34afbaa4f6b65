const YEAR_S = 365 * 24 * 60 * 60

/** Notes how somebody wants the pages, at all doors of the shop (`before-paint.js` reads it); null forgets it. @param {'theme' | 'language' | 'shortcuts'} name @param {string | null} wanted */
export function choose(name, wanted) {
  // biome-ignore lint/suspicious/noDocumentCookie: it is to be read before the first paint, and the other way cannot be
  document.cookie = `${name}=${wanted ?? ''}; Path=/; SameSite=Lax; Max-Age=${wanted === null ? 0 : YEAR_S}`
}
