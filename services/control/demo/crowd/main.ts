import { sendBuyers } from './send-buyers.ts'
import { taskShape } from './task.ts'

const TELL_MS = 250

process.once('message', (message) => {
  const { progress, done } = sendBuyers(taskShape.parse(message))
  const tell = () => process.send?.(progress())
  const timer = setInterval(tell, TELL_MS)
  void done.finally(() => {
    clearInterval(timer)
    process.send?.(progress(), () => process.disconnect())
  })
})

process.once('disconnect', () => process.exit()) // whoever sent us is gone, or has heard all
