/**
 * The token behind the # of the address; '' where there is none. It is taken out of the address at once: it must not stay
 * in the browser's history, nor on the screen.
 */
export function takeToken() {
  const token = location.hash.slice(1)
  if (token !== '') history.replaceState(null, '', location.pathname)
  addEventListener('hashchange', () => location.reload()) // another link was put into the same address
  return token
}
