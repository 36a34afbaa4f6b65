import { domainToASCII } from 'node:url'
import { z } from 'zod'

const LOCAL_MAX = 64 // octets, as the two below: https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3.1
const DOMAIN_MAX = 255
const ADDRESS_MAX = 254 // of a path of 256 with its two brackets

/**
 * An e-mail address from outside, in the one form in which it is kept, compared and sent: the domain in ASCII and lower
 * case (`user@xn--mnchen-3ya.de`), the part before the @ as it came, for only its server knows what it means.
 */
export const emailAddress = z
  .string()
  .trim()
  .max(ADDRESS_MAX)
  .meta({ format: 'idn-email' })
  .transform((text, context) => {
    const parsed = parse(text)
    if ('address' in parsed) return parsed.address
    context.addIssue({ code: 'custom', message: parsed.fault })
    return z.NEVER
  })

/** The box a mail ends up in, as far as can be told: whoever writes `Ada+1@` or `ADA@` reads the same one. */
export function mailboxOf(address: string): string {
  const at = address.lastIndexOf('@')
  return address.slice(0, at).replace(/\+.*$/, '').toLowerCase() + address.slice(at)
}

function parse(text: string): { address: string } | { fault: string } {
  const at = text.lastIndexOf('@')
  const local = text.slice(0, at)
  const domain = inAscii(text.slice(at + 1))
  if (at < 1 || !LOCAL.test(local) || !DOMAIN.test(domain)) return { fault: 'must be an email address' }
  if (local.length > LOCAL_MAX) return { fault: `must have at most ${LOCAL_MAX} characters before the @` }
  if (domain.length > DOMAIN_MAX) return { fault: `must have at most ${DOMAIN_MAX} characters after the @` }
  const address = `${local}@${domain}`
  return address.length > ADDRESS_MAX ? { fault: `must have at most ${ADDRESS_MAX} characters` } : { address }
}

// Words joined by dots. Quoted ones are left out, as in browsers: hardly a server takes them.
const LOCAL = /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/
// What may be a letter of some script's domain; `domainToASCII` would also read ports, paths and %-signs.
const IN_DOMAINS = /^[\p{L}\p{M}\p{N}\p{Join_Control}.。．｡-]+$/u
const IN_ASCII = /^(?!.*xn--)[a-z\d.-]+$/ // most of them; to convert one costs as much as all the rest
// Two labels or more of 63 octets at most, and the last one no number: that would be an address of a machine.
const DOMAIN = /^([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+(?!\d+$)[a-z\d]([a-z\d-]{0,61}[a-z\d])?$/

/** The domain in ASCII and lower case; empty where it is none. */
function inAscii(domain: string): string {
  if (IN_ASCII.test(domain)) return domain
  return IN_DOMAINS.test(domain) ? domainToASCII(domain) : ''
}
