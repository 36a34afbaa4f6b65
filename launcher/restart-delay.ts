const FIRST_MS = 100
const MAX_MS = 5_000

/**
 * How long a child that died waits for its next start. The first time not at all, because the messages it had
 * in hand wait for it; then 100 ms, 200 ms and so on, because what dies again at once will not be hurried.
 */
export function restartDelayMs(quickDeaths: number): number {
  return quickDeaths <= 1 ? 0 : Math.min(FIRST_MS * 2 ** (quickDeaths - 2), MAX_MS)
}
