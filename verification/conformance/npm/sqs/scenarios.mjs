// @aws-sdk/client-sqs and sqs-consumer, one scenario after the other: node sqs/scenarios.mjs <endpoint> <name>
import assert from 'node:assert'
import {
  ChangeMessageVisibilityCommand, CreateQueueCommand, DeleteMessageBatchCommand, DeleteMessageCommand,
  DeleteQueueCommand, GetQueueAttributesCommand, GetQueueUrlCommand, ListQueuesCommand, paginateListQueues,
  QueueDoesNotExist, ReceiveMessageCommand, ReceiptHandleIsInvalid, SendMessageBatchCommand, SendMessageCommand, SQSClient
} from '@aws-sdk/client-sqs'
import { Consumer } from 'sqs-consumer'

const [endpoint, name] = process.argv.slice(2)
const client = new SQSClient({
  endpoint,
  region: 'us-east-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' }
})
const urls = []

async function queue (hint, attributes = {}) {
  const created = await client.send(new CreateQueueCommand({ QueueName: `${name}-${hint}`, Attributes: attributes }))
  urls.push(created.QueueUrl)
  return created.QueueUrl
}

async function messagesSurvive () {
  const QueueUrl = await queue('plain')
  const MessageBody = 'a\r\nb "quoted" <x> \u20ac \u{1f600}'
  const sent = await client.send(new SendMessageCommand({
    QueueUrl,
    MessageBody,
    MessageAttributes: {
      text: { DataType: 'String', StringValue: '\u20ac' },
      blob: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255, 13]) }
    }
  }))
  const { Messages: [message] } = await client.send(new ReceiveMessageCommand({
    QueueUrl, WaitTimeSeconds: 10, MessageAttributeNames: ['All'], MessageSystemAttributeNames: ['All']
  }))
  assert.equal(message.Body, MessageBody)
  assert.equal(message.MessageId, sent.MessageId)
  assert.equal(message.Attributes.ApproximateReceiveCount, '1')
  assert.deepEqual([...message.MessageAttributes.blob.BinaryValue], [0, 255, 13])
  const { ReceiptHandle } = message
  await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }))
  const { Messages: [again] } = await client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 10 }))
  await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: again.ReceiptHandle }))
  const none = await client.send(new ReceiveMessageCommand({ QueueUrl }))
  assert.ok(!none.Messages || none.Messages.length === 0)
}

async function batchesWork () {
  const QueueUrl = await queue('batch')
  const Entries = Array.from({ length: 10 }, (_, i) => ({ Id: `e${i}`, MessageBody: `body ${i}` }))
  const sent = await client.send(new SendMessageBatchCommand({ QueueUrl, Entries }))
  assert.equal(sent.Successful.length, 10)
  const bodies = new Set()
  while (bodies.size < 10) {
    const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 10 }))
    Messages.forEach(message => bodies.add(message.Body))
    const deleted = await client.send(new DeleteMessageBatchCommand({
      QueueUrl, Entries: Messages.map((message, i) => ({ Id: `${i}`, ReceiptHandle: message.ReceiptHandle }))
    }))
    assert.equal(deleted.Successful.length, Messages.length)
  }
}

async function queuesAreFound () {
  const url = await queue('found', { VisibilityTimeout: '77' })
  assert.equal((await client.send(new GetQueueUrlCommand({ QueueName: `${name}-found` }))).QueueUrl, url)
  assert.deepEqual((await client.send(new ListQueuesCommand({ QueueNamePrefix: `${name}-found` }))).QueueUrls, [url])
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }))
  assert.equal(Attributes.VisibilityTimeout, '77')
  const pages = []
  for await (const page of paginateListQueues({ client }, { QueueNamePrefix: `${name}-`, MaxResults: 1 })) {
    pages.push(...(page.QueueUrls ?? []))
  }
  assert.deepEqual(pages.sort(), [...urls].sort())
}

async function refusalsHaveTheirTypes () {
  await assert.rejects(
    client.send(new GetQueueUrlCommand({ QueueName: `${name}-none` })),
    error => error instanceof QueueDoesNotExist && error.Code === 'AWS.SimpleQueueService.NonExistentQueue')
  const QueueUrl = await queue('refusals')
  await assert.rejects(
    client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'garbage' })),
    error => error instanceof ReceiptHandleIsInvalid)
}

async function aConsumerTakesEverything () {
  const queueUrl = await queue('consumer')
  const seen = new Map()
  let failOnce = true
  const done = new Promise((resolve, reject) => {
    const consumer = Consumer.create({
      queueUrl,
      sqs: client,
      batchSize: 10,
      waitTimeSeconds: 5,
      terminateVisibilityTimeout: true, // what fails is given back at once
      handleMessage: async message => {
        if (message.Body === 'body 3' && failOnce) {
          failOnce = false
          throw new Error('on purpose')
        }
        seen.set(message.Body, (seen.get(message.Body) ?? 0) + 1)
        if (seen.size === 20) {
          consumer.stop()
          resolve()
        }
        return message
      }
    })
    consumer.on('error', reject)
    consumer.start()
  })
  for (let i = 0; i < 20; i++) {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: `body ${i}` }))
  }
  await done
  assert.ok([...seen.values()].every(times => times === 1))
}

try {
  await messagesSurvive()
  await batchesWork()
  await queuesAreFound()
  await refusalsHaveTheirTypes()
  await aConsumerTakesEverything()
} finally {
  for (const QueueUrl of urls) {
    await client.send(new DeleteQueueCommand({ QueueUrl }))
  }
  client.destroy()
}
console.log('ok')
