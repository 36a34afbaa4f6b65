import type { Row } from '../terminal/table.ts'
import type { ChaosReport } from './run-chaos.ts'

/** What became of the sales of a run; nothing where none were held. */
export function saleRows({ storm: { sales }, verdict: { audit } }: ChaosReport): Row[] {
  const { figures, findings } = audit
  if (sales === undefined || figures.sales === null) return []
  const { told } = sales
  const found = (...checks: string[]) => findings.filter(({ check }) => checks.includes(check)).length
  const ways = [...new Set(told.sales.map(({ why }) => String(why)))].sort()
  return [
    ['sales held', told.sales.length],
    ...ways.map((way): Row => [`  ended ${way}`, told.sales.filter(({ why }) => String(why) === way).length]),
    [
      'units granted / bought / given back',
      `${figures.sales.granted} / ${figures.sales.bought} / ${figures.sales.spared}`,
    ],
    ['tickets in the line / in the hands of buyers', `${figures.sales.tickets} / ${told.tickets}`],
    ['  let in / and took their turn', `${figures.sales.admitted} / ${told.turns}`],
    ['  joined again / tried by strangers / too late', `${told.repeated} / ${told.strangers} / ${told.tooLate}`],
    ['sales oversold / undersold', `${found('oversold')} / ${found('undersold')}`],
    ['told both / two for one buyer', `${found('toldBoth')} / ${found('twoForOne')}`],
    ['overtaken in line / wrong draws', `${found('overtaken')} / ${found('wrongDraw')}`],
    ['sales that come out otherwise when recomputed', sales.wrong.length],
  ]
}
