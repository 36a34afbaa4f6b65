/** Why a payment was refused, as Stripe's API says it, and the same for the holder of a card who reads Chinese. */
export const refusalsInChinese: Record<string, string> = {
  'Your card was declined.': '银行卡被拒付。',
  'Your card has insufficient funds.': '银行卡余额不足。',
  'Your card has expired.': '银行卡已过期。',
  "Your card's security code is incorrect.": '安全码不正确。',
  'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.':
    '银行卡使用过于频繁或超出限额，已被拒付。',
  'Your card was declined. This transaction requires authentication.': '银行卡被拒付：这笔交易需要验证。',
  'An error occurred while processing your card. Try again in a little bit.': '处理银行卡时出错，请稍后再试。',
  'The payment failed.': '付款失败。',
  'The account has insufficient funds.': '账户余额不足。',
  'The payment exceeds the limit of this account.': '付款金额超出该账户的限额。',
  'This Checkout Session is not open.': '这个付款页面已经关闭。',
}
