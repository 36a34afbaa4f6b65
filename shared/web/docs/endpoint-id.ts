/**
 * What an endpoint is called in links and in programs, as `post-orders-id-pay`. It is made of method and path and of nothing
 * else, so that it stays what it is for as long as they do.
 */
export function idOf(method: string, path: string): string {
  const words = path.replace(/^\/api\//, '').match(/[\w-]+/g) ?? []
  return [method, ...words].join('-')
}
