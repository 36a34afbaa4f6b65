/**
 * What the examples take from somewhere else: the variables of a shell that hold it, each with the endpoint whose answer has
 * it and the field where it stands there; null where it comes by mail, by SMS or from the terminal.
 */
export const variables = {
  ORDER: { from: 'post-orders', field: 'id' },
  KEY: { from: 'post-orders', field: 'key' },
  NUMBER: { from: 'post-orders', field: 'number' },
  REGISTRATION: { from: 'post-accounts', field: 'registration' },
  LINK: null,
  CODE: null,
  SALE: { from: 'post-admin-sales', field: 'id' },
  TICKET: { from: 'post-sales-id-entries', field: 'ticket' },
  TICKET_KEY: { from: 'post-sales-id-entries', field: 'key' },
  WEBHOOK: { from: 'post-admin-webhooks', field: 'id' },
  MAIL: { from: 'get-admin-mails', field: 'mails[0].id' },
  MESSAGE: { from: 'get-admin-queues-service-messages', field: 'lists[1].messages[0].id' },
  LETTER: { from: 'get-admin-dead-letters', field: 'deadLetters[0].id' },
  ADMIN: null,
} as const

export type Variable = keyof typeof variables

/** Finds the variables in a text. */
export const VARIABLE = new RegExp(`\\$(${Object.keys(variables).toSorted(byLength).join('|')})\\b`, 'g')

function byLength(one: string, other: string): number {
  return other.length - one.length
}

/** What a name in a path is called in the shell. */
export function variableFor(name: string, path: string): string {
  if (name !== 'id') return `$${NAMED[name] ?? name.toUpperCase()}`
  const [, where = ''] = ROWS.find(([door]) => path.includes(door)) ?? []
  return `$${where}`
}

const NAMED: Record<string, Variable> = { token: 'LINK', code: 'LINK', ticket: 'TICKET' }

const ROWS: [door: string, variable: Variable][] = [
  ['/orders/', 'ORDER'],
  ['/registrations/', 'REGISTRATION'],
  ['/sales/', 'SALE'],
  ['/webhooks/', 'WEBHOOK'],
  ['/mails/', 'MAIL'],
]
