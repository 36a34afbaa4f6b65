type Item = { sku: string; quantity: number }

/** Of these there are tens of thousands, so that a round does not run out of stock. */
const skus = ['MUG-001', 'TEE-001', 'CAP-001', 'NTB-001', 'PEN-001', 'BTL-001', 'CFE-001']
const first = ['Ada', 'Grace', 'Edsger', 'Barbara', 'Donald', 'Frances', 'Tony', 'Radia', 'Niklaus', 'Hedy', 'Zoë']
const last = ['Lovelace', 'Hopper', 'Dijkstra', 'Liskov', 'Knuth', 'Allen', 'Hoare', 'Perlman', 'Wirth', 'Lamarr']
const cards = ['pm_card_visa', 'pm_card_mastercard', 'pm_card_amex']

/** What the `n`-th customer sends: one to three lines, no two bodies alike, every order one that will be paid. */
export function orderBody(n: number) {
  const name = `${pick(first, n)} ${pick(last, Math.floor(n / first.length))}`
  return {
    customer: { name, email: `customer.${n}@example.com`, ...(n % 4 === 0 && { phone: '+49 30 901820' }) },
    items: items(n),
    payment: { method: pick(cards, n) },
  }
}

function items(n: number): Item[] {
  return Array.from({ length: 1 + (n % 3) }, (_, i) => ({ sku: pick(skus, n + 2 * i), quantity: 1 + ((n + i) % 2) }))
}

function pick<T>(from: readonly T[], n: number): T {
  const found = from[n % from.length]
  if (found === undefined) throw new Error('nothing to pick from')
  return found
}
