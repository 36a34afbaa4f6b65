import { extname, join } from 'node:path'
import { BadCommandLine, commandLine } from '../terminal/command-line.ts'
import { readComposeFile, type Service, startedOf } from './compose-file.ts'
import { FOLDER } from './folder.ts'
import { buildOurs, ensureStandIn } from './images.ts'
import { show } from './run.ts'
import { variablesIn } from './variables.ts'
import { whyNotHere } from './why-not-here.ts'

const usage = `Usage: npm run rehearse -- [options]
  --file <compose file>  docker-compose.yml
  --env-file <file>      what sets its variables; try-out.env
  --patience <n>         so many times as long as it says may health checks and ends take, where the machine is busy; 1
Builds the image and starts every service of the compose file, with namespaces in place of a container engine.
Exits with 0 when an order was paid and the books are right, with 1 when not, with 2 when it cannot be tried here.`

// What is left of a run, however it ends, is gone with the namespaces that were its own.
const NAMESPACES = ['--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc']

const REAPER = ['tini-static', '--'] // a container is gone when all that ran in it is buried, and that is the first process's duty
const INSIDE = join(import.meta.dirname, `inside${extname(import.meta.filename)}`)

const options = {
  file: { type: 'string', default: 'docker-compose.yml' },
  'env-file': { type: 'string', default: 'try-out.env' },
  patience: { type: 'string', default: '1' },
  help: { type: 'boolean', default: false },
} as const

// What `npm run rehearse` runs.
try {
  const { read, positive } = commandLine(usage)
  const { file, 'env-file': envFile, patience, help } = read({ options }).values
  const why = help ? usage : whyNotHere()
  if (why === null) await run(file, envFile, positive('patience', patience))
  else console.log(why)
  process.exitCode = why === null || help ? 0 : 2
} catch (error) {
  console.error(error instanceof Error ? `rehearsal: ${error.message}` : error)
  process.exitCode = error instanceof BadCommandLine ? 2 : 1
}

async function run(file: string, envFile: string, patience: number): Promise<void> {
  const variables = variablesIn(envFile, process.env)
  const services = [...startedOf(readComposeFile(file, variables), variables).values()]
  const imagesOf = (some: Service[]) => [...new Set(some.map(({ image }) => image))]
  const ours = imagesOf(services.filter(({ build }) => build !== undefined))
  const others = imagesOf(services).filter((image) => !ours.includes(image))
  for (const image of ours) await buildOurs(image)
  for (const image of others) await ensureStandIn(image)
  await show('flock', [
    FOLDER,
    'unshare',
    ...NAMESPACES,
    ...REAPER,
    process.execPath,
    INSIDE,
    file,
    envFile,
    `${patience}`,
  ])
}
