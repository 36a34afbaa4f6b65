import { engines } from './engines.ts'
import { kinds } from './fault.ts'

export const usage = `Usage: npm run chaos -- [options]
  --seed <n>                  replays the faults and customers of that seed; by default a new one
  --minutes <n>               how long the faults go on; 1
  --orders <n>                customers, spread over that time; 2500 a minute, 250 with a scenario
  --faults-per-minute <n>     250; 15 with --hosts
  --hosts                     over many hosts, which are network namespaces of this machine: takes root, iproute2, nginx,
                              PostgreSQL and Redis; 300 customers and 15 faults a minute
  --turn none                 with --hosts, or on postgres, a control: no service lets its processes write one after the other, and it must show
  --turn slow                 the same, most orders cancelled and transactions slow to end, but with the turn: all must be well
  --scenario sale             holds sales meanwhile: one with a crowd, and smaller ones one after another
  --buyers <n>                of the crowd; 5000
  --units <n>                 for the crowd; 100
  --scenario logs             programs beside the shop write lines meanwhile, and logs is hurt, which collects them
  --lines <n>                 so many; 1000000
  --scenario live             some watch what is live meanwhile, and live is hurt, which tells them
  --readers <n>               so many; 200
  --scenario all              all of that at once, and whatever can be hurt is
  --scenario away             PostgreSQL goes away in the middle of the work, for long; orders have 503 meanwhile, and all that was accepted
                              is done ten seconds after it is back; with --engines postgres
  --away-seconds <n>          so long; 180
  --faults <n>                so many in all, instead of so many a minute
  --sign-ups <share>          of the customers so many make an account; 0.05
  --engines <names>           what the shop runs on instead of what it brings, throw-away ones: ${engines.join(', ')}
  --only <kinds>              faults of these kinds, with commas between them: ${kinds.join(', ')}
  --settle-limit-seconds <n>  how long the shop may take to recover; 120
  --data-dir <folder>         where the shop keeps its files; by default a new folder, removed when all is well
  --json <file>               write the report there, too
Exits with 0 when all is well, with 1 when something is wrong, with 2 when it cannot be told.`
