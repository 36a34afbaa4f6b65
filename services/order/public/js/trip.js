const KEY = /^#([\w-]{22})$/

/**
 * The key of an order, which stands behind the # of its page's address; undefined where there is none: the admin needs
 * none. A payment gateway sends customers back to an address without it, for it is told to nobody: so this tab keeps it
 * for the trip, and the address is put right. `isBack` is whether it was.
 * @param {string} id
 */
export function arrive(id) {
  const [, inAddress] = KEY.exec(location.hash) ?? []
  const kept = location.hash === '' ? sessionStorage.getItem(`key:${id}`) : null
  const key = inAddress ?? kept ?? undefined
  const hash = kept === null ? location.hash : `#${kept}`
  if (location.search !== '' || kept !== null) history.replaceState(null, '', location.pathname + hash)
  return { key, isBack: kept !== null }
}

/** Keeps the key of an order for its customer's way back. */
export function keepForTrip(/** @type {string} */ id, /** @type {string | undefined} */ key) {
  if (key !== undefined) sessionStorage.setItem(`key:${id}`, key)
}

/** Notes that the customer of an order wants to pay on the gateway's page: once it has an address they are sent there. */
export const wantToGo = (/** @type {string} */ id) => sessionStorage.setItem(`onward:${id}`, 'yes')

export const stay = (/** @type {string} */ id) => sessionStorage.removeItem(`onward:${id}`)

/** Whether they still have to be sent there; asked once. */
export function isToGo(/** @type {string} */ id) {
  const is = sessionStorage.getItem(`onward:${id}`) !== null
  stay(id)
  return is
}
