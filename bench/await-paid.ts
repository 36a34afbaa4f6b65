import { get } from 'node:http'

const LIMIT_MS = 60_000

/** An order as its customer knows it. Peers have no keys. */
export type Placed = { id: string; key?: string | undefined }

/** Follows an order's server-sent events, as its customer does. Resolves when they say that it is paid. */
export function awaitPaid(ordersUrl: string, { id, key }: Placed): Promise<void> {
  const headers = key === undefined ? {} : { 'order-key': key }
  return new Promise((resolve, reject) => {
    const request = get(`${ordersUrl}/${id}/events`, { headers, agent: false, timeout: LIMIT_MS }, (response) => {
      let heard = ''
      response.setEncoding('utf8').on('data', (text) => {
        heard += text
        if (!heard.includes('"state":"paid"')) return
        resolve()
        request.destroy()
      })
      response.on('close', () => reject(new Error(`the events of an order ended before it was paid: ${heard}`)))
    })
    request.on('timeout', () => request.destroy(new Error('nothing was heard of an order for too long')))
    request.on('error', reject)
  })
}
