import { start } from '../../services/inventory/main.ts'
import { serveService } from './serve-service.ts'

serveService(start)
