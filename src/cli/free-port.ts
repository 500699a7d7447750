import { createServer, type AddressInfo } from 'node:net'
import { ConfigFault } from '../config.ts'

/**
 * The port to listen on, asked for before a database is started: `port`, or any free one for 0, as the address of this
 * installation must be known before it listens. @throws ConfigFault when the port is taken
 */
export const freePort = (host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === 'EADDRINUSE'
      const taken = `Port ${String(port)} of ${host} is taken: set PORT to another one.`
      reject(isTaken ? new ConfigFault(taken) : error)
    })
    server.listen({ host, port }, () => {
      const { port: found } = server.address() as AddressInfo
      server.close(() => resolve(found))
    })
  })
