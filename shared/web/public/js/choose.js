const YEAR_S = 365 * 24 * 60 * 60

/** Notes how somebody wants the pages, at all doors of the shop (`shared/web/pages/look.ts` reads it); null forgets it. @param {'theme' | 'language' | 'shortcuts'} name @param {string | null} wanted */
export function choose(name, wanted) {
  // biome-ignore lint/suspicious/noDocumentCookie: the server reads it, and there is no better way in all browsers
  document.cookie = `${name}=${wanted ?? ''}; Path=/; SameSite=Lax; Max-Age=${wanted === null ? 0 : YEAR_S}`
}
