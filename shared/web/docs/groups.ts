/** What belongs together in the documents, in the order of the page; each with the doors of its endpoints. */
const table = [
  { group: 'shop', doors: ['/api/orders', '/api/products'] },
  { group: 'account', doors: ['/api/account', '/api/accounts', '/unsubscribe'] },
  { group: 'sale', doors: ['/api/sales'] },
  { group: 'live', doors: ['/api/live'] },
  { group: 'alerts', doors: ['/api/alerts', '/alerts'] },
  { group: 'admin', doors: ['orders', 'prices', 'restock', 'sales', 'news'].map((name) => `/api/admin/${name}`) },
  { group: 'queues', doors: ['queues', 'dead-letters', 'pace', 'search'].map((name) => `/api/admin/${name}`) },
  { group: 'events', doors: ['/api/events', '/api/admin/events', '/asyncapi.json', '/schemas'] },
  { group: 'webhooks', doors: ['/api/admin/webhooks'] },
  { group: 'logs', doors: ['/api/admin/logs'] },
  { group: 'tour', doors: ['/api/admin/tour'] }, // which its page alone asks
  { group: 'room', doors: [] }, // what only the control room needs, and whatever else there is
] as const

export type Group = (typeof table)[number]['group']

export const groups: readonly Group[] = table.map(({ group }) => group)

/** The group of an endpoint. */
export function groupOf(path: string): Group {
  const isBehind = (door: string) => path === door || path.startsWith(`${door}/`)
  return table.find(({ doors }) => doors.some(isBehind))?.group ?? 'room'
}
