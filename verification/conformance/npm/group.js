// Two members of one group read what a producer writes: node group.js <bootstrap> <topic with 3 partitions>
const { Kafka, logLevel, CompressionTypes } = require('kafkajs')

const [bootstrap, topic] = process.argv.slice(2)
const kafka = new Kafka({ clientId: 'conformance', brokers: [bootstrap], logLevel: logLevel.ERROR })
const total = 300

async function main () {
  const received = new Set()
  const consumers = [0, 1].map(() => kafka.consumer({ groupId: topic + '-group', sessionTimeout: 10000, heartbeatInterval: 500 }))
  let finish
  const finished = new Promise(resolve => { finish = resolve })
  for (const consumer of consumers) {
    await consumer.connect()
    await consumer.subscribe({ topics: [topic], fromBeginning: true })
    await consumer.run({
      eachMessage: async ({ partition, message }) => {
        if (message.headers.source.toString() !== 'js') throw new Error('a header is missing')
        received.add(partition + ':' + message.offset)
        if (received.size === total) finish()
      }
    })
  }

  const producer = kafka.producer()
  await producer.connect()
  for (let batch = 0; batch < 30; batch++) {
    await producer.send({
      topic,
      acks: -1,
      compression: batch % 2 ? CompressionTypes.GZIP : CompressionTypes.None,
      messages: Array.from({ length: 10 }, (_, i) => ({ key: `k${batch}-${i}`, value: `v${batch}-${i}`, headers: { source: 'js' } }))
    })
  }
  await producer.disconnect()
  await finished
  for (const consumer of consumers) await consumer.disconnect()
  console.log(`received ${received.size} of ${total}`)
}

main().catch(error => { console.error(error); process.exit(1) })
