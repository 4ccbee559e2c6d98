// amqplib, one scenario after the other: node amqp/scenarios.js <host> <port> <name>
const assert = require('node:assert')
const amqp = require('amqplib')

const [host, port, name] = process.argv.slice(2)
const url = `amqp://guest:guest@${host}:${port}/%2F`

// The next `count` messages of a queue, unsettled.
async function take (channel, queue, count = 1) {
  const messages = []
  const { promise, resolve } = Promise.withResolvers ? Promise.withResolvers() : withResolvers()
  const { consumerTag } = await channel.consume(queue, message => {
    messages.push(message)
    if (messages.length === count) resolve()
  })
  await promise
  await channel.cancel(consumerTag)
  return messages
}

function withResolvers () {
  const all = {}
  all.promise = new Promise((resolve, reject) => Object.assign(all, { resolve, reject }))
  return all
}

function once (emitter, event) {
  return new Promise(resolve => emitter.once(event, resolve))
}

async function everyKindOfFieldSurvives (connection) {
  const channel = await connection.createConfirmChannel()
  const { queue } = await channel.assertQueue(`${name}-fields`, { durable: true })
  const typed = (kind, value) => ({ '!': kind, value })
  const headers = {
    string: 'Grüße',
    boolean: false,
    nothing: null,
    int8: typed('int8', -128),
    uint8: typed('uint8', 255),
    int16: typed('int16', -32768),
    uint16: typed('uint16', 65535),
    int32: typed('int32', -2147483648),
    uint32: typed('uint32', 4294967295),
    int64: typed('int64', -9007199254740991),
    float: typed('float', 0.25),
    double: 3.141592653589793,
    timestamp: typed('timestamp', 1700000000),
    decimal: typed('decimal', { digits: 314, places: 2 }),
    bytes: Buffer.from([0, 1, 254, 255]),
    list: [1, 'two', [3], { four: 4 }],
    table: { a: { b: { c: 'deep' } } },
    [('k'.repeat(128))]: 'v'.repeat(5000)
  }
  channel.sendToQueue(queue, Buffer.from('body'), {
    headers, persistent: true, contentType: 'text/plain', contentEncoding: 'utf-8', priority: 1, correlationId: 'c',
    replyTo: 'r', expiration: 60000, messageId: 'm', timestamp: 1700000000, type: 't', userId: 'guest', appId: 'a'
  })
  await channel.waitForConfirms()
  const message = await channel.get(queue, { noAck: true })
  const untyped = Object.fromEntries(Object.entries(headers).map(([key, value]) =>
    [key, value && value['!'] && !['timestamp', 'decimal', 'float'].includes(value['!']) ? value.value : value]))
  const received = { ...message.properties.headers }
  received.float = typed('float', received.float?.value ?? received.float)
  assert.deepStrictEqual(received, untyped)
  const { headers: _, ...properties } = message.properties
  assert.deepStrictEqual({ ...properties }, {
    contentType: 'text/plain', contentEncoding: 'utf-8', deliveryMode: 2, priority: 1, correlationId: 'c', replyTo: 'r',
    expiration: '60000', messageId: 'm', timestamp: 1700000000, type: 't', userId: 'guest', appId: 'a', clusterId: undefined
  })
  assert.deepStrictEqual({ ...message.fields }, {
    deliveryTag: 1, redelivered: false, exchange: '', routingKey: queue, messageCount: 0
  })
  assert.strictEqual(await channel.get(queue), false)
  await channel.deleteQueue(queue)
  await channel.close()
}

async function manyMessagesAreConfirmedAndConsumedInOrder (connection) {
  const publisher = await connection.createConfirmChannel()
  const consumer = await connection.createChannel()
  const total = 2000
  await publisher.assertExchange(name, 'topic')
  const { queue } = await publisher.assertQueue('', { exclusive: true })
  await publisher.bindQueue(queue, name, '#.number')
  let confirmed = 0
  const received = []
  const all = withResolvers()
  await consumer.prefetch(100)
  await consumer.consume(queue, message => {
    received.push(Number(message.content.toString()))
    // One by one, in bulk, and in bulk by whoever comes last.
    if (received.length % 3 === 0) consumer.ack(message, true)
    else if (received.length % 7 === 0) consumer.ack(message)
    if (received.length === total) { consumer.ackAll(); all.resolve() }
  })
  for (let i = 0; i < total; i++) {
    const goOn = publisher.publish(name, 'a.number', Buffer.from(String(i)), { persistent: true }, error => {
      assert.ifError(error)
      confirmed++
    })
    if (!goOn) await once(publisher, 'drain')
  }
  await publisher.waitForConfirms()
  assert.strictEqual(confirmed, total)
  await all.promise
  assert.deepStrictEqual(received, Array.from({ length: total }, (_, i) => i))
  // A round trip on the consumer's own channel comes after its acknowledgements.
  await consumer.checkQueue(queue)
  await consumer.close()
  assert.strictEqual((await publisher.checkQueue(queue)).messageCount, 0, 'everything was acknowledged')
  await publisher.deleteExchange(name)
  await publisher.close()
}

async function largeBodiesAreSplitAndJoined (connection) {
  const channel = await connection.createConfirmChannel()
  const { queue } = await channel.assertQueue('', { exclusive: true })
  for (const size of [0, 4088, 4096, 131064, 131065, 3_000_000]) {
    const body = Buffer.alloc(size, 'sluice')
    channel.sendToQueue(queue, body)
    await channel.waitForConfirms()
    assert.ok((await channel.get(queue, { noAck: true })).content.equals(body), `${size} bytes`)
  }
  await channel.close()
}

async function smallFramesAreKeptTo () {
  const connection = await amqp.connect(`${url}?frameMax=4096&channelMax=8&heartbeat=5`)
  await largeBodiesAreSplitAndJoined(connection)
  await connection.close()
}

async function unroutableMessagesReturnBeforeTheyAreConfirmed (connection) {
  const channel = await connection.createConfirmChannel()
  const events = []
  channel.on('return', message => events.push(['returned', message.fields.replyCode, message.fields.replyText, message.content.toString()]))
  channel.publish('amq.direct', `${name}-nobody`, Buffer.from('x'), { mandatory: true }, () => events.push(['confirmed']))
  await channel.waitForConfirms()
  assert.deepStrictEqual(events, [['returned', 312, 'NO_ROUTE', 'x'], ['confirmed']])
  const { queue } = await channel.assertQueue('', { exclusive: true, maxLength: 1, arguments: { 'x-overflow': 'reject-publish' } })
  channel.sendToQueue(queue, Buffer.from('fits'))
  channel.sendToQueue(queue, Buffer.from('does not'))
  await assert.rejects(channel.waitForConfirms(), /nacked/)
  await channel.close()
}

async function rejectedMessagesComeBackOrDie (connection) {
  const channel = await connection.createChannel()
  const morgue = await channel.assertQueue(`${name}-morgue`)
  await channel.assertExchange(`${name}-deaths`, 'fanout')
  await channel.bindQueue(morgue.queue, `${name}-deaths`, '')
  const { queue } = await channel.assertQueue(`${name}-mortal`, { deadLetterExchange: `${name}-deaths`, deadLetterRoutingKey: 'rip' })
  for (const body of ['a', 'b', 'c']) channel.sendToQueue(queue, Buffer.from(body))
  const held = await take(channel, queue, 3)
  channel.nack(held[0])
  channel.reject(held[2], true)
  const again = await take(channel, queue, 2)
  assert.deepStrictEqual(again.map(one => [one.content.toString(), one.fields.redelivered]), [['a', true], ['c', true]])
  channel.nackAll(false)
  const dead = await take(channel, morgue.queue, 3)
  assert.deepStrictEqual(dead.map(one => one.content.toString()).sort(), ['a', 'b', 'c'])
  for (const one of dead) {
    const [death] = one.properties.headers['x-death']
    assert.strictEqual(death.reason, 'rejected')
    assert.strictEqual(death.queue, queue)
    assert.strictEqual(death.count, 1)
    assert.deepStrictEqual(death['routing-keys'], [queue])
    assert.strictEqual(one.fields.routingKey, 'rip')
  }
  channel.ackAll()
  for (const one of [queue, morgue.queue]) await channel.deleteQueue(one)
  await channel.deleteExchange(`${name}-deaths`)
  await channel.close()
}

async function whatTimeDoesToMessages (connection) {
  const channel = await connection.createChannel()
  const morgue = await channel.assertQueue('', { exclusive: true })
  const { queue } = await channel.assertQueue('', {
    exclusive: true, messageTtl: 100, deadLetterExchange: '', deadLetterRoutingKey: morgue.queue
  })
  channel.sendToQueue(queue, Buffer.from('of the queue'))
  channel.sendToQueue(queue, Buffer.from('its own'), { expiration: 10 })
  const dead = await take(channel, morgue.queue, 2)
  for (const one of dead) assert.strictEqual(one.properties.headers['x-death'][0].reason, 'expired')
  assert.strictEqual((await channel.checkQueue(queue)).messageCount, 0)
  const forgotten = await channel.assertQueue(`${name}-forgotten`, { expires: 100, durable: false })
  for (let gone = false; !gone;) {
    const other = await connection.createChannel()
    other.on('error', () => {})
    gone = await other.checkQueue(forgotten.queue).then(() => other.close().then(() => false), error => error.code === 404)
    // Asking is no use of it that keeps it alive for ever: a declaration would be, so ask rarely.
    if (!gone) await new Promise(resolve => setTimeout(resolve, 300))
  }
  await channel.close()
}

async function exchangesAreChained (connection) {
  const channel = await connection.createConfirmChannel()
  const [front, back, spare] = ['front', 'back', 'spare'].map(one => `${name}-${one}`)
  await channel.assertExchange(spare, 'fanout', { autoDelete: true })
  await channel.assertExchange(front, 'direct', { alternateExchange: spare })
  await channel.assertExchange(back, 'topic', { internal: true })
  const [routed, lost] = [await channel.assertQueue('', { exclusive: true }), await channel.assertQueue('', { exclusive: true })]
  await channel.bindExchange(back, front, 'key.one')
  await channel.bindQueue(routed.queue, back, 'key.*')
  await channel.bindQueue(lost.queue, spare, '')
  channel.publish(front, 'key.one', Buffer.from('1'), { CC: ['key.two'], BCC: ['key.three'] })
  channel.publish(front, 'key.two', Buffer.from('2'))
  await channel.waitForConfirms()
  const first = await channel.get(routed.queue, { noAck: true })
  assert.strictEqual(first.content.toString(), '1')
  assert.strictEqual(first.properties.headers.BCC, undefined)
  assert.deepStrictEqual(first.properties.headers.CC, ['key.two'])
  assert.strictEqual((await channel.get(lost.queue, { noAck: true })).content.toString(), '2')
  await channel.unbindExchange(back, front, 'key.one')
  for (const one of [front, back]) await channel.deleteExchange(one)
  await channel.close()
}

async function aQueueWithArgumentsIsItself (connection) {
  const channel = await connection.createChannel()
  const wanted = {
    durable: true, maxPriority: 10, messageTtl: 3600000, maxLength: 1000, expires: 3600000,
    arguments: { 'x-single-active-consumer': true, 'x-queue-mode': 'lazy', 'x-made-up': 'yes' }
  }
  const { queue, messageCount, consumerCount } = await channel.assertQueue(`${name}-arguments`, wanted)
  assert.deepStrictEqual([messageCount, consumerCount], [0, 0])
  await channel.assertQueue(queue, wanted)
  for (const [priority, body] of [[0, 'low'], [9, 'high'], [5, 'middle']]) channel.sendToQueue(queue, Buffer.from(body), { priority })
  assert.deepStrictEqual((await take(channel, queue, 3)).map(one => one.content.toString()), ['high', 'middle', 'low'])
  channel.nackAll(true)
  assert.strictEqual((await channel.purgeQueue(queue)).messageCount, 3)
  const other = await connection.createChannel()
  other.on('error', () => {})
  await assert.rejects(other.assertQueue(queue, { ...wanted, maxPriority: 9 }), error =>
    error.code === 406 && error.message.includes(`inequivalent arg 'x-max-priority' for queue '${queue}' in vhost '/': received`))
  assert.strictEqual((await channel.deleteQueue(queue)).messageCount, 0)
  await channel.close()
}

async function quorumQueuesLimitDeliveries (connection) {
  const channel = await connection.createChannel()
  const morgue = await channel.assertQueue('', { exclusive: true })
  const { queue } = await channel.assertQueue(`${name}-quorum`, {
    durable: true, deadLetterExchange: '', deadLetterRoutingKey: morgue.queue, arguments: { 'x-queue-type': 'quorum', 'x-delivery-limit': 2 }
  })
  channel.sendToQueue(queue, Buffer.from('poison'))
  const counts = []
  const { consumerTag } = await channel.consume(queue, message => {
    counts.push(message.properties.headers['x-delivery-count'] ?? 0)
    channel.nack(message)
  })
  const [dead] = await take(channel, morgue.queue)
  assert.deepStrictEqual(counts, [0, 1, 2])
  assert.strictEqual(dead.properties.headers['x-death'][0].reason, 'delivery_limit')
  await channel.cancel(consumerTag)
  await channel.deleteQueue(queue)
  await channel.close()
}

async function consumersTakeTurns (connection) {
  const channel = await connection.createChannel()
  const { queue } = await channel.assertQueue('', { exclusive: true })
  const seen = { calm: 0, eager: 0 }
  const all = withResolvers()
  await channel.prefetch(1)
  for (const [who, priority] of [['calm', 0], ['eager', 10]]) {
    await channel.consume(queue, message => {
      seen[who]++
      channel.ack(message)
      if (seen.calm + seen.eager === 40) all.resolve()
    }, { priority, consumerTag: who })
  }
  for (let i = 0; i < 40; i++) channel.sendToQueue(queue, Buffer.from('m'))
  await all.promise
  assert.ok(seen.eager >= 20, `the one of higher priority is served first: ${JSON.stringify(seen)}`)
  await assert.rejects((async () => {
    const other = await connection.createChannel()
    other.on('error', () => {})
    await other.consume(queue, () => {}, { exclusive: true })
  })(), /403.*in exclusive use/s)
  await channel.close()
}

async function aDeletedQueueTellsItsConsumer (connection) {
  const channel = await connection.createChannel()
  const { queue } = await channel.assertQueue(`${name}-deleted`)
  const told = withResolvers()
  await channel.consume(queue, told.resolve)
  await (await connection.createChannel()).deleteQueue(queue)
  assert.strictEqual(await told.promise, null)
  await channel.close()
}

async function questionsAreAnswered (connection) {
  const channel = await connection.createChannel()
  const { queue } = await channel.assertQueue('', { exclusive: true })
  await channel.consume(queue, message => channel.sendToQueue(
    message.properties.replyTo, Buffer.from(message.content + '!'), { correlationId: message.properties.correlationId }), { noAck: true })
  const answer = withResolvers()
  await channel.consume('amq.rabbitmq.reply-to', answer.resolve, { noAck: true })
  channel.sendToQueue(queue, Buffer.from('hello'), { replyTo: 'amq.rabbitmq.reply-to', correlationId: '7' })
  const { content, properties } = await answer.promise
  assert.deepStrictEqual([content.toString(), properties.correlationId], ['hello!', '7'])
  await channel.close()
}

async function mistakesAreTold (connection) {
  const mistakes = [
    [404, `NOT_FOUND - no queue '${name}-none' in vhost '/'`, channel => channel.checkQueue(`${name}-none`)],
    [404, `NOT_FOUND - no exchange '${name}-none' in vhost '/'`, channel => channel.checkExchange(`${name}-none`)],
    [404, `NOT_FOUND - no queue '${name}-none' in vhost '/'`, channel => channel.consume(`${name}-none`, () => {})],
    [403, "ACCESS_REFUSED - queue name 'amq.x' contains reserved prefix 'amq.*'", channel => channel.assertQueue('amq.x')]
  ]
  for (const [code, text, mistake] of mistakes) {
    const channel = await connection.createChannel()
    const heard = once(channel, 'error')
    await assert.rejects(mistake(channel))
    const error = await heard
    assert.strictEqual(error.code, code)
    assert.ok(error.message.includes(text), `${error.message} instead of ${text}`)
  }
  const channel = await connection.createChannel()
  const heard = once(channel, 'error')
  channel.ack({ fields: { deliveryTag: 99 } })
  assert.ok((await heard).message.includes('PRECONDITION_FAILED - unknown delivery tag 99'))
}

async function strangersAreRefused () {
  await assert.rejects(amqp.connect(`amqp://guest:wrong@${host}:${port}/%2F`), /403 \(ACCESS-REFUSED\).*ACCESS_REFUSED - Login was refused using authentication mechanism PLAIN/s)
  await assert.rejects(amqp.connect(`amqp://guest:guest@${host}:${port}/nowhere`), /ConnectionClose/)
}

async function secretsAreRenewed (connection) {
  const told = once(connection, 'update-secret-ok')
  await connection.updateSecret(Buffer.from('guest'), 'it is old')
  await told
}

async function main () {
  const connection = await amqp.connect(url, { clientProperties: { connection_name: name } })
  assert.ok(connection.connection.serverProperties.capabilities.publisher_confirms)
  for (const scenario of [
    everyKindOfFieldSurvives, manyMessagesAreConfirmedAndConsumedInOrder, largeBodiesAreSplitAndJoined, smallFramesAreKeptTo,
    unroutableMessagesReturnBeforeTheyAreConfirmed, rejectedMessagesComeBackOrDie, whatTimeDoesToMessages, exchangesAreChained,
    aQueueWithArgumentsIsItself, quorumQueuesLimitDeliveries, consumersTakeTurns, aDeletedQueueTellsItsConsumer,
    questionsAreAnswered, mistakesAreTold, strangersAreRefused, secretsAreRenewed
  ]) {
    console.log(scenario.name)
    await scenario(connection)
  }
  await connection.close()
  console.log('ok')
}

main().catch(error => { console.error(error); process.exit(1) })
