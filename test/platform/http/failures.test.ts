import t from 'tap'
import { testApp } from '../../helpers/app.ts'
import { addCaller } from '../../helpers/network.ts'
import { query } from '../../db/query.ts'

t.test(
  'a failure of ours tells the caller its request id alone, and the log its code and place',
  async (t) => {
    const test = await testApp(t)
    const caller = await addCaller(test)
    await query(test.ownerUrl, 'alter table spaces rename to elsewhere')
    const answer = await caller.get('/v1/spaces?q=Zuleika')
    t.match(answer, { status: 500, body: { code: 'internal_error', requestId: /^req-/ } })
    t.strictSame(Object.keys(answer.body as object).sort(), [
      'code',
      'detail',
      'instance',
      'requestId',
      'status',
      'title',
      'type',
    ])
    t.notMatch(answer.text, /relation|select|node_modules|Zuleika|\.js/)
    const line = test.logs
      .map((text) => JSON.parse(text) as { msg: string; err?: object })
      .find(({ err }) => err)
    t.match(line, {
      msg: 'internal_error',
      reqId: answer.body.requestId,
      err: { message: '42P01', stack: /\bat .*\.js:\d+/ },
    })
    t.notMatch(test.logs.join(''), /Zuleika|does not exist|from "spaces"/)
  },
)
