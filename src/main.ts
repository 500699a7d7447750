#!/usr/bin/env node
import { run } from './cli/program.ts'

// Who reads no further (`| head`) has what they wanted: the work goes on to its end, and that is no fault.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })

await run(process.argv.slice(2))
