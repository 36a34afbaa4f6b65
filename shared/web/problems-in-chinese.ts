import { adminProblemsInChinese } from './admin-problems-in-chinese.ts'
import { fieldProblemsInChinese } from './field-problems-in-chinese.ts'
import { requestProblemsInChinese } from './request-problems-in-chinese.ts'

/** What a request is refused with, sentence by sentence. {} is whatever stands there; {0} is the first of them. */
export const problemsInChinese: Record<string, string> = {
  ...requestProblemsInChinese,
  ...fieldProblemsInChinese,
  ...adminProblemsInChinese,

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
  'There is no such order.': '找不到这笔订单。',
  'An order that is rejected cannot be cancelled any more.': '缺货的订单无法再取消。',
  'An order that is expired cannot be cancelled any more.': '逾期未付的订单无法再取消。',
  'An order that is cancelled cannot be cancelled any more.': '这笔订单已经取消。',
  'An order that is refunded cannot be cancelled any more.': '已退款的订单无法再取消。',
  'An order that is {} cannot be cancelled any more.': '这笔订单已无法取消。',
  'The goods are still being set aside for this order.': '正在为这笔订单预留商品。',
  'Ask again in a moment.': '请稍后再试。',
  'A payment of this order is under way.': '这笔订单正在付款。',
  'Wait for its outcome, or confirm it where the order says so.': '请等待结果；如果订单提示需要确认，请先确认付款。',
  'This order is paid already, and nothing more is charged.': '这笔订单已付款，不会再次扣款。',
  'This order has been refunded.': '这笔订单已退款。',
  'This order is rejected, and its goods are not held any more.': '这笔订单缺货，商品不再保留。',
  'This order is cancelled, and its goods are not held any more.': '这笔订单已取消，商品不再保留。',
  'The time to pay this order is over, and nothing is charged.': '这笔订单的付款时间已过，不会扣款。',
  'It could be paid until {}.': '付款截止时间为 {0}。',
  'Place a new one.': '请重新下单。',
  'It was of a sale, where each buyer has one turn.': '这笔订单来自抢购，每位买家只有一次机会。',
  'An order that is {} has nothing to refund: only what is paid can be.':
    '这笔订单没有可退的款项：只有已付款的订单才能退款。',
  'A cancelled one is refunded by itself.': '已取消的订单会自动退款。',
  'All that was paid for this order has been refunded, or is asked to be.': '这笔订单的款项已全部退还，或已申请退还。',
  'The mailbox is away.': '邮箱暂时不可用。',
  'Mails are sent when it is back.': '恢复后邮件会照常发出。',
  'Too many orders from your address.': '您所在的网络地址下单过于频繁。',
  'Too many orders, and mails, for this e-mail.': '这个邮箱的订单和邮件过多。',
  'Too many wrong keys of orders from your address.': '您所在的网络地址多次使用了错误的订单密钥。',
  'Too many cards have been declined.': '被拒付的银行卡次数过多。',
  'You have had your share of what is nearly sold out.': '即将售罄的商品，您已买到限购数量。',

  // Of sales
  'There is no such sale.': '找不到这场抢购。',
  'There is no such ticket.': '找不到这张号。',
  'This sale opens at {}.': '本场抢购将于 {0} 开始。',
  'This sale could be joined until {}, before its draw.': '本场抽签的报名已于 {0} 截止。',
  'This sale is sold out.': '已售罄。',
  'The time of this sale is over.': '本场抢购已结束。',
  'This group is complete.': '本次拼团已成团。',
  'This group has not come together in time.': '本次拼团未能按时成团。',
  'Somebody has joined this sale with this e-mail already.': '已有人用这个邮箱参加了本场抢购。',
  'Too many have joined sales from your address.': '您所在的网络地址参加抢购的人数过多。',
  'This sale is over, and nothing more is said there.': '本场抢购已结束，不能再发言。',
  'You have just said something.': '您刚刚发过言。',
  'Too much was said from your address.': '您所在的网络地址发言过于频繁。',
  'Too many wrong keys of tickets from your address.': '您所在的网络地址多次使用了错误的号码密钥。',

  // Of what is live, and of alerts
  'There is no topic {}.': '没有主题 {0}。',
  'The {} service cannot be asked what is new.': '暂时无法从 {0} 服务获取最新内容。',
  'Too many alerts were asked for from your address.': '您所在的网络地址订阅商品通知过于频繁。',
  'Too many links were followed from your address.': '您所在的网络地址打开链接过于频繁。',

  // Of accounts
  'Sign in first.': '请先登录。',
  'There is no account with this e-mail and password.': '邮箱或密码不正确。',
  'There is no such registration.': '找不到这条注册记录。',
  'This link has been used already.': '这个链接已经用过。',
  'This link is too old, or none of ours.': '这个链接已过期，或不是我们发送的。',
  'Have another one sent.': '请重新获取。',
  'This number is verified already.': '这个号码已经验证过。',
  'There is no code to be tried: ask for another one.': '没有可用的验证码，请重新获取。',
  'Sign in to the account first, or give its password.': '请先登录该账户，或提供它的密码。',
  'Too many passwords are being checked.': '正在核对的密码过多。',
  'Too many have signed up from your address.': '您所在的网络地址注册过于频繁。',
  'Too many mails for this e-mail.': '发往这个邮箱的邮件过多。',
  'Too many links were asked for from your address.': '您所在的网络地址请求链接过于频繁。',
  'Too many sign-ins from your address.': '您所在的网络地址登录过于频繁。',
  'Too many sign-ins.': '登录尝试过多。',
  'Too many codes were asked for.': '获取验证码过于频繁。',
  'Too many SMS for this number.': '发往这个号码的短信过多。',
  'Too many codes were tried.': '验证码尝试次数过多。',

  // Of the tour
  'No such page follows the tour: nobody would mend it.': '没有这个导览页面：弄坏了没人修复。',
  'A mountain of load is under way already.': '已有一座流量的山正在发送。',
  'Listeners are being told something already.': '正在向听众发布消息。',
  'There is a crowd already.': '已有一群买家在场。',
  'This Redis is not the demo’s.': '这个 Redis 不属于演示环境。',
}
