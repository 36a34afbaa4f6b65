/** What the `n`-th of a crowd sends to the door of a sale: no two are the same person. */
export function entryBody(n: number) {
  return { buyer: `page-of-customer-${n}`, email: `customer.${n}@example.com`, name: `Customer ${n}`, language: 'en' }
}
