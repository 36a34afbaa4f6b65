import type { Row } from '../terminal/table.ts'
import type { Figures } from './figures.ts'
import type { SaleFigures } from './sale-figures.ts'

/** In the words of the table. */
export function accountRows({ registrations, total, verified, deleted, sms, smsCopies }: Figures['accounts']): Row[] {
  return [
    ['sign-ups', registrations],
    ['accounts', total],
    ['  whose address is proved', verified],
    ['  deleted', deleted],
    ['SMS taken by the gateway', sms],
    ['  second copies among them', smsCopies],
  ]
}

/** In the words of the table. */
export function saleRows({
  total,
  ended,
  granted,
  bought,
  spared,
  tickets,
  admitted,
  toldBoth,
  overtaken,
}: SaleFigures): Row[] {
  return [
    ['sales', total],
    ['  ended', ended],
    ['  units granted / bought / given back', `${granted} / ${bought} / ${spared}`],
    ['  tickets', tickets],
    ['  admitted', admitted],
    ['  admitted though the sale was over', toldBoth],
    ['  overtaken in line', overtaken],
  ]
}

/** In the words of the table. */
export function alertRows({ asked, confirmed, told, mails }: Figures['alerts']): Row[] {
  return [
    ['wishes to be told of a product', asked],
    ['  confirmed', confirmed],
    ['  told / by mails', `${told} / ${mails}`],
  ]
}

/** In the words of the table. */
export function lineRows({ kept, runs, gaps, toRead }: NonNullable<Figures['lines']>): Row[] {
  return [
    ['lines kept, of programs started', `${kept}, ${runs}`],
    ['  still to be read', toRead],
    ['  told as gone before they were read, times', gaps],
  ]
}

/** In the words of the table. */
export function webhookRows({ subscriptions, due, taken }: Figures['webhooks']): Row[] {
  return [
    ['webhooks', subscriptions],
    ['  events due to them', due],
    ['  taken', taken],
  ]
}
