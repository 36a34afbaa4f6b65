import { requestProblemsInChinese } from './request-problems-in-chinese.ts'

/** What a request is refused with, sentence by sentence. {} is whatever stands there; {0} is the first of them. */
export const problemsInChinese: Record<string, string> = {
  ...requestProblemsInChinese,

  // Of the admin
  'Send the admin token as "Authorization: Bearer <token>".': '请以 "Authorization: Bearer <token>" 发送管理员令牌。',
  'No ADMIN_TOKEN is set, so nobody is admin.': '未设置 ADMIN_TOKEN，因此没有管理员。',
  'Too many wrong admin tokens from your address.': '来自您的网络地址的错误管理员令牌过多。',

  // Of queues and dead letters
  'No worker of {} can be reached.': '{0} 没有可用的消费者。',
  'Nobody knows of such a message.': '没有此消息的任何记录。',
  'There is no such dead letter.': '没有此死信。',
  'There is no such dead letter that waits for a person.': '没有待处置的此死信。',
  'Somebody has dealt with this dead letter already.': '此死信已有人处置。',
  'Its receiver may have handled this message, and never said so.': '接收方可能已处理此消息，只是未曾答复。',
  'It can be replayed as it is, and takes effect once; it cannot be edited.':
    '可以原样重新投递，且只生效一次；不能修改。',
  'is no event of this shop': '不是本店的事件',
  'is not heard by {}': '不由 {0} 接收',
  'There is no payment simulator in this shop.': '本店没有支付模拟器。',
  'Its goods are not set aside, so it cannot be paid yet.': '商品尚未预留，暂时无法付款。',

  'There is no product {}.': '没有商品 {0}。',

  // Of orders
  'There is no such order.': '没有此订单。',
  'An order that is rejected cannot be cancelled any more.': '缺货的订单无法再取消。',
  'An order that is expired cannot be cancelled any more.': '已过期的订单无法再取消。',
  'An order that is cancelled cannot be cancelled any more.': '此订单已经取消。',
  'An order that is refunded cannot be cancelled any more.': '已退款的订单无法再取消。',
  'The goods are still being set aside for this order.': '正在为此订单预留商品。',
  'Ask again in a moment.': '请稍后再试。',
  'A payment of this order is under way.': '此订单正在付款。',
  'Wait for its outcome, or confirm it where the order says so.': '请等待结果，或在订单所示之处确认付款。',
  'This order is paid already, and nothing more is charged.': '此订单已付款，不会再次扣款。',
  'This order has been refunded.': '此订单已退款。',
  'This order is rejected, and its goods are not held any more.': '此订单缺货，商品不再保留。',
  'This order is cancelled, and its goods are not held any more.': '此订单已取消，商品不再保留。',
  'The time to pay this order is over, and nothing is charged.': '此订单的付款期限已过，不会扣款。',
  'It could be paid until {}.': '付款截止时间为 {0}。',
  'Place a new one.': '请重新下单。',
  'It was of a sale, where each buyer has one turn.': '此订单来自限量活动，每位买家仅有一次机会。',
  'An order that is {} has nothing to refund: only what is paid can be.':
    '此订单没有可退的款项：只有已付款的订单才能退款。',
  'A cancelled one is refunded by itself.': '已取消的订单会自动退款。',
  'All that was paid for this order has been refunded, or is asked to be.': '此订单的款项已全部退还，或已申请退还。',
  'The mailbox is away.': '邮箱暂时不可用。',
  'Mails are sent when it is back.': '恢复后会发送邮件。',
  'Too many orders from your address.': '来自您的网络地址的订单过多。',
  'Too many orders, and mails, for this e-mail.': '此电子邮件地址的订单和邮件过多。',
  'Too many wrong keys of orders from your address.': '来自您的网络地址的错误订单密钥过多。',
  'Too many cards have been declined.': '被拒绝的银行卡过多。',
  'You have had your share of what is nearly sold out.': '即将售罄的商品，您已购买了限额。',

  // Of sales
  'There is no such sale.': '没有此抢购活动。',
  'There is no such ticket.': '没有此号码。',
  'This sale opens at {}.': '本次抢购将于 {0} 开始。',
  'This sale could be joined until {}, before its draw.': '本次抽签的报名已于 {0} 截止。',
  'This sale is sold out.': '已售罄。',
  'The time of this sale is over.': '本次抢购已结束。',
  'This group is complete.': '本次团购已成团。',
  'This group has not come together in time.': '本次团购未能按时成团。',
  'Somebody has joined this sale with this e-mail already.': '已有人使用此电子邮件参加了本次抢购。',
  'Too many have joined sales from your address.': '来自您的网络地址的参与者过多。',
  'This sale is over, and nothing more is said there.': '本次活动已结束，不能再发言。',
  'You have just said something.': '您刚刚已经发言。',
  'Too much was said from your address.': '来自您的网络地址的发言过多。',
  'Too many wrong keys of tickets from your address.': '来自您的网络地址的错误号码密钥过多。',

  // Of alerts
  'Too many alerts were asked for from your address.': '来自您的网络地址的通知订阅过多。',
  'Too many links were followed from your address.': '来自您的网络地址打开的链接过多。',

  // Of accounts
  'Sign in first.': '请先登录。',
  'There is no account with this e-mail and password.': '没有使用此电子邮件和密码的账户。',
  'There is no such registration.': '没有此注册记录。',
  'This link has been used already.': '此链接已被使用。',
  'This link is too old, or none of ours.': '此链接已过期，或不是我们发送的。',
  'Have another one sent.': '请重新获取一个。',
  'This number is verified already.': '此号码已经验证。',
  'There is no code to be tried: ask for another one.': '没有可用的验证码：请重新获取。',
  'Sign in to the account first, or give its password.': '请先登录该账户，或提供其密码。',
  'Too many passwords are being checked.': '正在核对的密码过多。',
  'Too many have signed up from your address.': '来自您的网络地址的注册过多。',
  'Too many mails for this e-mail.': '发往此电子邮件地址的邮件过多。',
  'Too many links were asked for from your address.': '来自您的网络地址的链接请求过多。',
  'Too many sign-ins from your address.': '来自您的网络地址的登录尝试过多。',
  'Too many sign-ins.': '登录尝试过多。',
  'Too many codes were asked for.': '请求的验证码过多。',
  'Too many SMS for this number.': '发往此号码的短信过多。',
  'Too many codes were tried.': '尝试的验证码过多。',
}
