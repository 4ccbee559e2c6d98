// kafkajs's idempotent producer: node idempotent.js <bootstrap> <topic>
const { Kafka, logLevel } = require('kafkajs')

const [bootstrap, topic] = process.argv.slice(2)
const kafka = new Kafka({ clientId: 'conformance', brokers: [bootstrap], logLevel: logLevel.ERROR })

async function main () {
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 })
  await producer.connect()
  for (let i = 0; i < 100; i++) {
    await producer.send({ topic, messages: [{ value: 'value ' + i }] })
  }
  await producer.disconnect()
  console.log('ok')
}

main().catch(error => { console.error(error); process.exit(1) })
