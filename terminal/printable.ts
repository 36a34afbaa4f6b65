// Controls, marks that turn the writing direction, line and paragraph separators. Some terminals obey U+009B as they do ESC [.
const UNPRINTABLE = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu

/**
 * Text out of the books as a terminal may show it: what would move the cursor, change colours or begin a line of its own is
 * written down as `\u001b`. Within a JSON text that is the same value.
 */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
