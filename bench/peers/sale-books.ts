import type Sqlite from 'better-sqlite3'
import { openBooks } from './open-books.ts'

/** The file of a peer's sale: how many units are left, and who has one. */
export class SaleBooks {
  readonly #file: Sqlite.Database

  constructor(folder: string) {
    this.#file = openBooks(folder, 'their-sale.db')
  }

  open(units: number): void {
    this.#file.exec(
      'CREATE TABLE stock (units INTEGER NOT NULL); CREATE TABLE orders (buyer INTEGER NOT NULL, at INTEGER NOT NULL)',
    )
    this.#file.exec('CREATE INDEX orders_buyer ON orders (buyer)')
    this.#file.prepare('INSERT INTO stock VALUES (?)').run(units)
  }

  unitsLeft(): number {
    return Number(this.#file.prepare('SELECT units FROM stock').pluck().get())
  }

  hasOrderOf(buyer: number): boolean {
    return this.#file.prepare('SELECT 1 FROM orders WHERE buyer = ?').get(buyer) !== undefined
  }

  /** Takes a unit and writes the order, in one transaction. False when none is left. */
  sell(buyer: number): boolean {
    return this.#file.transaction(() => {
      const { changes } = this.#file.prepare('UPDATE stock SET units = units - 1 WHERE units > 0').run()
      if (changes === 1) this.#file.prepare('INSERT INTO orders VALUES (?, ?)').run(buyer, Date.now())
      return changes === 1
    })()
  }

  soldTo(): number[] {
    return this.#file.prepare('SELECT buyer FROM orders').pluck().all().map(Number)
  }

  close(): void {
    this.#file.close()
  }
}
