import { serverNow } from '/assets/js/api.js'
import { useEffect, useState } from '/assets/vendor/htm-preact.js'

const TICK_MS = 250 // so that a clock of seconds is never late by more than anybody sees

/** What time it is by the shop's clock (ms), again and again. */
export function useNow() {
  const [now, setNow] = useState(serverNow)
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), TICK_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}
