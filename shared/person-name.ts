import { z } from 'zod'

// Control characters, line separators and half surrogate pairs have no place in a name, nor in a mail header.
const PLAIN_TEXT = /^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}]*$/u

/**
 * A person's name, in any script. It stands at the head of the mails that we send, to whatever address was given with it:
 * so it carries no web address, or our mails would be the letterhead of whoever has something to sell.
 */
export const personName = z
  .string()
  .trim()
  .min(1, 'must not be empty')
  .max(100)
  .regex(PLAIN_TEXT, { error: 'must not contain control characters', abort: true })
  .refine((name) => !hasWebAddress(name), 'must not contain a web address')

// What mail programs make a link of: a scheme, www., or two words with a dot and no blank between. Single letters and
// titles are written like that, too: J.R.R. Tolkien, Dr.Smith, St.John.
const WEB_ADDRESS = /:\/\/|\bwww\.|\bmailto:|@|[\p{L}\p{N}_-]{2,}\.\p{L}{2,}/iu
const TITLES = /(?<![\p{L}\p{N}_.-])(dr|st|mr|mrs|ms|prof|ing|mag|jr|sr)\./giu

const CANNOT_BE = /^[^.:@\u0080-\uffff]*$/ // told first: most names are, and to look more closely costs 2 µs of an order

function hasWebAddress(name: string): boolean {
  if (CANNOT_BE.test(name)) return false
  return WEB_ADDRESS.test(
    name
      .normalize('NFKC')
      .replace(/\p{Cf}/gu, '')
      .replace(/。/g, '.')
      .replace(TITLES, ''),
  )
}
