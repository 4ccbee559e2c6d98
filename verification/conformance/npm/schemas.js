// Values that name their schemas, by a client of Confluent's registry: node schemas.js <bootstrap> <registry> <topic>
const { Kafka, logLevel } = require('kafkajs')
const { SchemaRegistry, SchemaType } = require('@kafkajs/confluent-schema-registry')

const [bootstrap, host, topic] = process.argv.slice(2)
const registry = new SchemaRegistry({ host, retry: { retries: 0 } })
const kafka = new Kafka({ clientId: 'conformance', brokers: [bootstrap], logLevel: logLevel.NOTHING, retry: { retries: 0 } })

const SCHEMAS = {
  avro: {
    type: SchemaType.AVRO,
    schema: JSON.stringify({
      type: 'record', name: 'Payment', fields: [{ name: 'id', type: 'long' }, { name: 'note', type: ['null', 'string'] }]
    }),
    value: { id: 7, note: 'rent' }
  },
  json: {
    type: SchemaType.JSON,
    schema: JSON.stringify({ type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] }),
    value: { id: 7 }
  },
  protobuf: {
    type: SchemaType.PROTOBUF,
    schema: 'syntax = "proto3";\npackage shop;\nmessage Payment { int64 id = 1; repeated string notes = 2; }\n',
    value: { id: 7, notes: ['rent'] }
  }
}

// This client leaves out which of the schema's messages a value is; every other one says it: a zero is the first.
function withMessageIndexes (kind, encoded) {
  return kind === 'protobuf' ? Buffer.concat([encoded.subarray(0, 5), Buffer.from([0]), encoded.subarray(5)]) : encoded
}

async function main () {
  const producer = kafka.producer()
  await producer.connect()
  for (const [kind, { type, schema, value }] of Object.entries(SCHEMAS)) {
    const name = topic + '-' + kind
    const { id } = await registry.register({ type, schema }, { subject: name + '-value' })
    if (await registry.getLatestSchemaId(name + '-value') !== id) throw new Error('another id')
    const encoded = withMessageIndexes(kind, await registry.encode(id, value))
    await producer.send({ topic: name, messages: [{ value: encoded }] })
    const decoded = await new SchemaRegistry({ host }).decode(encoded)
    if (Number(decoded.id) !== 7) throw new Error('decoded to ' + JSON.stringify(decoded))
    encoded.writeInt32BE(id + 1000, 1)
    const refused = await producer.send({ topic: name, messages: [{ value: encoded }] }).catch(error => error)
    console.log(kind, 'taken, and refused with', refused.type)
  }
  await producer.disconnect()
}

main().catch(error => { console.error(error); process.exit(1) })
