/** Everything that is checked, in the words of the table. */
export const checks = {
  lost: 'accepted orders missing from the books',
  stuck: 'orders neither final nor on their way',
  overdue: 'orders that wait for a payment whose time is over',
  illegalStep: 'orders that took a step they must not take',
  wrongState: 'orders whose state is not that of their last step',
  untold: 'orders that never heard of a result, or of what was given up',
  wrongTotal: 'orders whose total is not that of their lines',
  oversold: 'products, and sales, sold beyond what there was',
  undersold: 'sales that kept units from those who waited for them',
  saleCounter: 'sales whose counter does not add up',
  endless: 'sales that go on after their end',
  allotmentDrift: 'what is set aside for sales and does not add up',
  wrongEntry: 'entries of sales that do not fit their order',
  twoForOne: 'second entries of one buyer in a sale',
  overtaken: 'entries that somebody behind them has overtaken',
  toldBoth: 'entries that were let in though their sale was over',
  wrongDraw: 'sales whose line is not the one that was promised',
  stockDrift: 'products whose stock does not add up',
  wrongReservation: 'reservations that do not fit their order',
  doubleCharged: 'orders charged twice',
  chargedWithoutCause: 'charges without cause',
  unrefunded: 'orders that are called off and whose money was kept',
  wrongMoney: 'orders whose money is not what their state says',
  leftOpen: 'payments of closed orders that could still be made',
  wrongPayment: 'payments that do not fit their order',
  paymentUnlikeLedger: 'payments that the ledger does not confirm',
  unlearnt: 'facts of the gateway that payment has not learnt',
  missingMail: 'mails that were never sent',
  undeliveredMail: 'mails noted as sent that never arrived',
  unnotedMail: 'mails that arrived and were never noted',
  unexpectedMail: 'mails that should not have been sent',
  misdirectedMail: 'mails that went to somebody else',
  duplicateMail: 'mails that came more than once',
  wrongOwner: 'orders that belong to somebody they must not belong to',
  wronglyProved: 'addresses and phones whose proof worked twice, or was guessed at',
  leftBehind: 'what is left of accounts that were deleted',
  missingSms: 'SMS that were never sent, nor a mail in their place',
  unexpectedSms: 'SMS that should not have been sent',
  duplicateSms: 'SMS that came more than once',
  wrongAlert: 'wishes to be told of a product that were not told once, when confirmed',
  unwatched: 'what happened and was not kept for those who watch',
  stale: 'stock and prices of which those who watch were told otherwise',
  lostLine: 'lines that were written down and are not kept',
  doubledLine: 'lines that are kept twice',
  unlikeBooks: 'orders that the lines do not tell of, and the other way round',
  wrongArchive: 'hours of lines in the archive that are not what was noted',
  withoutOrder: 'effects of orders that do not exist',
  withoutInbox: 'effects and events that no inbox row answers for',
  withoutEvent: 'effects that no event tells of',
  eventTwice: 'events that happened twice',
  appliedTwice: 'messages that took effect twice',
  unposted: 'events that a subscriber outside was never told of',
  unrest: 'work that is going on where all should be at rest',
  deadLetter: 'dead letters that nobody has dealt with',
} as const

export type Check = keyof typeof checks

/** One thing that is wrong: `id` names an order, or what the check is about, and `detail` says how. */
export type Finding = { check: Check; id: string; detail: string }

/** What a check has to say: nothing, when all is well. */
export type Findings = Generator<Finding, void>

/** Puts a finding into its form. */
export function finding(check: Check, id: string, detail: string): Finding {
  return { check, id, detail }
}
