import { Unfixable } from '../../shared/events.ts'
import type { Seal } from '../../shared/sealed.ts'

/** What was sealed for us. Throws `Unfixable` where nobody of ours has sealed it. */
export function opened(seal: Seal, sealed: string): string {
  const text = seal.open(sealed)
  if (text === null) throw new Unfixable('it was sealed with another SEAL_SECRET than ours, or changed on its way')
  return text
}
