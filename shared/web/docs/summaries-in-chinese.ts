/** What the endpoints do, sentence by sentence of their documents: who changes one has to say it anew in Chinese, too. */
export const summariesInChinese: Record<string, string> = {
  // Shop
  'Place an order': '下单',
  'Show an order with its timeline': '查看订单及其时间线',
  'Follow an order: its timeline as server-sent events, one entry each, from the beginning and live':
    '跟踪订单：以服务器推送事件（SSE）逐条给出时间线，从头开始，并实时更新',
  'Pay an order that waits for it, or try another card where one was declined':
    '为待付款的订单付款；被拒付后也可换卡重试',
  'Cancel an order; what was paid is refunded': '取消订单，已付款项会退回',
  'List what is for sale, page by page': '分页列出在售商品',
  'Show the mails about an order (only with the demo’s mailbox)': '查看与订单有关的邮件（仅限演示邮箱）',

  'Show the SMS about an order': '查看与订单有关的短信',
  'Show how an order travelled: every message about it, to every service that hears it':
    '查看订单的流转：发往各订阅服务的每一条消息',

  // Accounts
  'List the orders of the account that is signed in, newest first': '列出当前账户的订单，最新的在前',
  'Sign up': '注册',
  'Show how far a sign-up is, for a day': '查看注册进度（一天内有效）',
  'Verify the address by the link that was mailed there': '用邮件中的链接验证邮箱',
  'Have the link that verifies the address sent once more': '重新发送邮箱验证链接',
  'Have a link sent by which a new password can be set': '发送重设密码的链接',
  'Set a new password by the link that was mailed': '用邮件中的链接设置新密码',
  'Sign in': '登录',
  'Renew a session whose token is over, or will soon be': '在令牌已过期或即将过期时续签会话',
  'Sign out here': '退出当前登录',
  'Sign out everywhere': '退出所有设备的登录',
  'Show the account that is signed in': '查看当前登录的账户',
  'Change the name, the language, or how news of orders come': '修改姓名、语言或订单通知方式',
  'Set the phone number; a code is sent there': '设置手机号，并向其发送验证码',
  'Verify the phone number by the code that was sent there': '用短信验证码验证手机号',
  'Forget the phone number': '移除手机号',
  'Delete the account; its orders are kept as books have to be': '删除账户；订单按记账要求保留',
  'Ask whether there shall be no more mails about orders': '询问是否退订订单邮件',
  'Have no more mails about orders': '退订订单邮件',
  'Show where mails and SMS can be read in the demo': '查看演示环境中邮件和短信在哪里阅读',

  // Sales
  'Join a sale; one entry for each mailbox': '参加抢购；每个邮箱一个名额',
  'Show an entry: its place in line, and where it is paid once it is let in': '查看排队号：所在位置，轮到后在哪里付款',
  'Show a sale: how many units are free, held and bought, and how far its line has come':
    '查看一场抢购：空余、占用和已售的件数，以及队伍的进度',
  'List the newest sales': '列出最近的抢购',
  'Say something in the waiting room of a sale; for whoever has a ticket of it, once in two seconds':
    '在候场聊天室发言；须持有该场的号，两秒一次',
  'List who has joined, by their numbers, for whoever recomputes line and draw':
    '按号码列出所有参加者，任何人都可据此重新计算队伍和抽签结果',
  'Announce a flash sale, or a group that buys together': '发布限时抢购或拼团',
  'End a sale now, as if its time were over; a group that is not complete is called off':
    '立即结束抢购，如同时间已到；未成团的拼团会取消',

  // Live and alerts
  'Watch topics: what is new in each, as server-sent events over one connection':
    '订阅主题：一条连接，以服务器推送事件（SSE）给出各主题的最新变化',
  'The same with a key for each order: a key must not stand in an address':
    '同上，并为每笔订单附上密钥：密钥不应出现在网址中',
  'Have a mail when a product is back, or costs less': '商品到货或降价时邮件通知',
  'See which alert a code is of, and how it stands': '查看通知码对应的商品通知及其状态',
  'Confirm an alert by the code that was mailed': '用邮件中的通知码确认订阅',
  'Stop all alerts of a mailbox, by a code that was mailed there': '用邮件中的通知码停止该邮箱的全部商品通知',
  'Ask whether all alerts of a mailbox shall be stopped': '询问是否停止该邮箱的全部商品通知',
  'Stop all alerts of a mailbox by the one click of a mail program': '通过邮件客户端一键停止该邮箱的全部商品通知',

  // Running the shop
  'List orders, newest first': '列出订单，最新的在前',
  'Refund a paid order, or a part of it': '为已付款的订单全额或部分退款',
  'Set the price of a product': '设置商品价格',
  'Put delivered goods in stock': '到货入库',
  'Tell all who watch the shop': '向所有在线顾客发布消息',

  // Queues, events and webhooks
  'Look into the messages that wait for a service': '查看等待某服务处理的消息',
  'Show where one message to a service is, and who answers for it': '查看一条消息在哪里、由谁负责',
  'Pause a queue: its service pops nothing, also after a restart': '暂停队列：该服务不再取出消息，重启后仍然有效',
  'Let a queue that is paused go on': '恢复已暂停的队列',
  'Show how a queue went over the last hour, as far as control has been up':
    '查看队列最近一小时的变化（以控制室运行期间为限）',
  'Send an edited message in place of a dead letter': '编辑死信后重新投递',
  'Put a dead letter away: it stays on disk, with the reason, and nobody sends it':
    '删除死信：连同原因保留在磁盘上，不再投递',
  'Find orders, accounts, payments, products, mails, messages and dead letters':
    '搜索订单、账户、付款、商品、邮件、消息和死信',
  'Show every queue and its workers': '查看所有队列及其消费者',
  'List dead letters of all services, newest first': '列出所有服务的死信，最新的在前',
  'Replay dead letters': '重新投递死信',
  'Show how fast the world outside is asked': '查看调用外部系统的限速',
  'Set how fast the world outside is asked': '设置调用外部系统的限速',
  'List the events: who says them, who hears them, and what they carry': '列出所有事件：由谁发布、由谁订阅、携带什么',
  'Show what goes on between services: rates, what waits, dead letters, and the newest of each event':
    '查看服务之间的实况：速率、等待数、死信，以及每种事件的最新一条',
  'Describe the events and their lists: AsyncAPI 3.0': '事件与队列的描述文档（AsyncAPI 3.0）',
  'Show the JSON Schema of what an event carries, as in /schemas/payment.captured/v1':
    '查看事件内容的 JSON Schema，例如 /schemas/payment.captured/v1',
  'List the webhooks, and how they fare': '列出 Webhook 及其投递情况',
  'Register a webhook': '注册 Webhook',
  'Let a paused webhook go on from where it was': '让暂停的 Webhook 从中断处继续',
  'Delete a webhook': '删除 Webhook',

  // Logs
  'Search the log: the story of one order, or lines that say some words, as far back as a second reaches':
    '搜索日志：一笔订单的全部经过，或包含某些字词的行；能查多久远，以一秒内查得完为限',
  'Watch the log: the last lines, and then those that are written, as server-sent events, at most two in a second':
    '实时查看日志：先给出最近的行，随后以服务器推送事件（SSE）给出新写入的行，每秒最多两次',
  'Sum up what was written down: per minute, by service and by what it says, with percentiles, and what is out of the usual':
    '汇总日志：按分钟、服务和内容统计，附百分位数与异常',
  'Show how far the orders of the last minutes have come, how long that took, and where they left the way':
    '查看最近几分钟的订单走到哪一步、用了多久、在哪里离开',
  'List what goes wrong, each kind once, the most frequent first': '列出错误，同类合并，最常见的在前',
  'Count whether every line was kept: each start of a program numbers its lines from 1':
    '清点日志是否完整：程序每次启动都从 1 开始给行编号',
  'Compare the log with the books: orders that a line says were placed, and orders that order has':
    '用日志核对账目：日志中的下单记录与订单服务中的订单',
  'List the archive: a file for each hour, or for a part of a busy one': '列出归档：每小时一个文件，繁忙时会分成几个',

  // Control room
  'Show what the control room can do': '查看控制室的可用功能',
  'Watch the shop: its figures and its log twice a second, as server-sent events':
    '实时查看商店：以服务器推送事件（SSE）每秒两次给出各项数据和日志',
  'List the newest mails (only with the demo’s mailbox)': '列出最新的邮件（仅限演示邮箱）',
  'Show a mail (only with the demo’s mailbox)': '查看一封邮件（仅限演示邮箱）',
  'Break something on purpose (only in the demo)': '故意制造故障（仅限演示）',
}
