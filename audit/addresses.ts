import { domainToASCII } from 'node:url'

/** Mail servers write a domain in ASCII, in its own script, in capitals: it is the same one. */
export function inOneForm(address: string): string {
  const at = address.lastIndexOf('@') + 1
  return address.slice(0, at).toLowerCase() + (domainToASCII(address.slice(at)) || address.slice(at).toLowerCase())
}

/** The box that a mail ends up in: what stands between a + and the @ is for its owner to sort by. */
export function oneMailbox(address: string): string {
  return inOneForm(address).replace(/\+[^@]*@/, '@')
}
