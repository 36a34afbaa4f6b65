/** 「订单处理」一站的文案。 */
export const words = {
  'tour.order.about': '下一单，看它依次流经各个服务：每个服务只从自己的队列里取消息。',
  'tour.order.do': '下一单',
  'tour.order.none': '还没有进行中的订单。',
  'tour.order.why.1': '每个服务在同一个事务里写下做了什么、接下来要通知谁，提交之后才发消息。',
  'tour.order.why.2': '消息一直留在发送方的发件箱（outbox）里，直到接收方确认处理完成。',
  'tour.order.why.3': '所以无论中途谁挂掉，总有一方还记得，会再发一次。',
  'tour.order.break.charged': '在扣款之后、提交之前强杀支付服务',
  'tour.order.gave': '落盘即可答复顾客，不必等到付款完成。',
  'tour.order.cost': '同一条消息可能来两次。',
  'tour.order.pays': '接收方在同一个事务里记下消息 id，重复的消息不再生效。',
  'tour.order.question': '这张卡被扣了几次款？',
}
