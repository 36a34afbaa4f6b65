import { start } from '../../services/order/main.ts'
import { serveService } from './serve-service.ts'

serveService(start)
