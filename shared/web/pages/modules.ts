/** Tells the text of a module by its plain address. */
type TextAt = (address: string) => string | undefined

/**
 * The addresses of all modules that are loaded with `entry`, itself first and each once, the nearest first; with `late`
 * those too that a page loads only when it needs them.
 */
export function modulesOf(entry: string, textAt: TextAt, late = false): string[] {
  const found = new Set([entry])
  for (const address of found) for (const next of importsIn(address, textAt, late)) found.add(next) // it grows meanwhile
  return [...found]
}

function importsIn(address: string, textAt: TextAt, late: boolean): string[] {
  const text = textAt(address) ?? ''
  const found = [...text.matchAll(STATIC), ...(late ? text.matchAll(DYNAMIC) : [])]
  const addresses = found.map(([, name = '']) => new URL(name, BASE + address).pathname)
  return addresses.filter((one) => textAt(one) !== undefined)
}

const BASE = 'http://here' // only paths matter
const STATIC = /^(?:import|export)\b(?:[^'"`]*?\bfrom)?\s*['"]([^'"]+)['"]/gm
const DYNAMIC = /\bimport\(\s*['"]([^'"]+)['"]/g
