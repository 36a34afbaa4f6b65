// Line breaks and other controls could fake our own text, and so could marks that turn the writing direction.
const UNSHOWN = /[\s\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069]+/gu

/** What somebody else wrote, as it may stand beside our own words: on one line, and of so many characters at most. */
export function shown(text: string, max: number): string {
  return [...text.replace(UNSHOWN, ' ').trim()].slice(0, max).join('')
}
