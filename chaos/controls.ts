import { ofAccounts } from './account-controls.ts'
import type { Control } from './control.ts'
import { ofLive } from './live-controls.ts'
import { ofLogs } from './log-controls.ts'
import { ofOrders } from './order-controls.ts'
import { ofProtocol } from './protocol-controls.ts'
import { ofSales } from './sale-controls.ts'

/** Each must be judged FAILED, for a proof that cannot fail proves nothing. */
export const controls: Control[] = [...ofProtocol, ...ofOrders, ...ofAccounts, ...ofSales, ...ofLogs, ...ofLive]
