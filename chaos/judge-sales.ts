import { execFile } from 'node:child_process'
import { z } from 'zod'
import type { HeldSale, SaleReceipts } from './sale-receipts.ts'
import type { Shop } from './shop.ts'
import { rowsOf } from './work-left.ts'

const SCRIPT = 'examples/check-sale.mjs' // shares no code with the shop, nor with us

/** Has every sale recomputed by what the open shop shows to everybody and what the buyers were told. Resolves with what is wrong. */
export async function recomputeSales({ sales, file }: SaleReceipts, shop: Shop): Promise<string[]> {
  const wrong: string[] = []
  for (const { id } of sales) {
    const { code, text } = await run([SCRIPT, shop.url('sale'), id, '--tickets', file])
    if (code !== 0) wrong.push(`recomputed: ${text.trim().replaceAll('\n', ' ')}`)
  }
  return wrong
}

function run(given: string[]): Promise<{ code: number; text: string }> {
  return new Promise((done) =>
    execFile(process.execPath, given, (error, stdout, stderr) =>
      done({ code: Number(error?.code ?? 0), text: stdout + stderr }),
    ),
  )
}

const named = z.object({ id: z.string() })

/** What the buyers were told and is not so in the books of the shop, which is closed. */
export function brokenSales({ sales, refused, turnedAway }: SaleReceipts, dataDir: string): string[] {
  const [letIn, listed] = [
    rowsOf(dataDir, 'sale', named, LET_IN, JSON.stringify([...refused])),
    rowsOf(dataDir, 'sale', named, LISTED, JSON.stringify([...turnedAway])),
  ]
  return [
    ...sales.filter(({ isOver }) => !isOver).map(({ id }) => `sale ${id} is not over`),
    ...sales
      .filter((sale) => !stoodForSomebody(sale, dataDir))
      .map(({ id }) => `nothing went on in sale ${id}, and nobody held it up`),
    ...sales.filter((sale) => !isAsMeant(sale)).map((sale) => `sale ${sale.id} ended as ${sale.why}`),
    ...(letIn.length > 0 ? [`${letIn.length} were refused and let in, as ${letIn[0]?.id}`] : []),
    ...(listed.length > 0
      ? [`${listed.length} were told they come too late, and stand in line, as ${listed[0]?.id}`]
      : []),
  ]
}

/**
 * By a clock that is stepped a short sale ends early, and a draw is held before its crowd has come; one in line must sell out,
 * unless all have had their turn and left: to pay there are seconds, and a shop may be down for as long; or one of them holds it up.
 */
function isAsMeant({ wish, why, isOver, isLeft, heldUpAt }: HeldSale): boolean {
  const isSure = wish.order === 'line' && (wish.outcome === 'soldOut' || wish.outcome === 'formed')
  return !isOver || !isSure || isLeft === true || heldUpAt !== undefined || why === wish.outcome
}

/** Where nothing went on for long there is an order that may be paid until later: a clock that was ahead has given it hours. */
function stoodForSomebody({ id, heldUpAt }: HeldSale, dataDir: string): boolean {
  return heldUpAt === undefined || rowsOf(dataDir, 'order', named, PATIENT, id, String(heldUpAt)).length > 0
}

const PATIENT = `SELECT id FROM "Order" WHERE sale = ? AND "payBy" > CAST(? AS INTEGER)`

const LET_IN = `SELECT id FROM "Entry" WHERE admission IS NOT NULL AND id IN (SELECT value FROM json_each(?))`
const LISTED = `SELECT id FROM "Entry" WHERE email IN (SELECT value FROM json_each(?))`
