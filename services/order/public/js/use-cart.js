import { useEffect, useState } from '/assets/vendor/htm-preact.js'
import { onCart } from './cart.js'

/** Draws anew whenever something in the cart changes, in whichever tab. */
export function useCart() {
  const [, draw] = useState(0)
  useEffect(() => onCart(() => draw((count) => count + 1)), [])
}
