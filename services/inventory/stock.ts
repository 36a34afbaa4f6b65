/** A line of an order as inventory sees it. */
export type Line = { sku: string; quantity: number }
/** What is free to sell, by sku. */
export type Shelf = Map<string, number>
export type Missing = { sku: string; wanted: number; available: number }

/** What `lines` ask for beyond what is on the shelf; nothing missing means that all of them can be had. */
export function missingFor(lines: Line[], shelf: Shelf): Missing[] {
  return lines
    .map(({ sku, quantity }) => ({ sku, wanted: quantity, available: shelf.get(sku) ?? 0 }))
    .filter(({ wanted, available }) => wanted > available)
}

/** Takes lines off the shelf. */
export function take(lines: Line[], shelf: Shelf): void {
  for (const { sku, quantity } of lines) shelf.set(sku, (shelf.get(sku) ?? 0) - quantity)
}
