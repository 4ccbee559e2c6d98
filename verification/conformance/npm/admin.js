// Topics and their settings through kafkajs's admin client: node admin.js <bootstrap> <topic>
const assert = require('node:assert')
const { Kafka, logLevel, ConfigResourceTypes } = require('kafkajs')

const [bootstrap, topic] = process.argv.slice(2)
const kafka = new Kafka({ clientId: 'conformance', brokers: [bootstrap], logLevel: logLevel.ERROR })

async function main () {
  const admin = kafka.admin()
  await admin.connect()
  assert.strictEqual(await admin.createTopics({ topics: [{ topic, numPartitions: 2 }], waitForLeaders: true }), true)
  assert.strictEqual(await admin.createTopics({ topics: [{ topic }] }), false, 'a second time')
  assert.ok((await admin.listTopics()).includes(topic))
  await admin.createPartitions({ topicPartitions: [{ topic, count: 3 }] })
  const metadata = await admin.fetchTopicMetadata({ topics: [topic] })
  assert.strictEqual(metadata.topics[0].partitions.length, 3)
  assert.strictEqual((await admin.fetchTopicOffsets(topic)).length, 3)
  assert.strictEqual((await admin.describeCluster()).brokers.length, 1)

  await admin.alterConfigs({
    validateOnly: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configEntries: [{ name: 'retention.ms', value: '4000000' }] }]
  })
  const described = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: ConfigResourceTypes.TOPIC, name: topic, configNames: ['retention.ms'] }]
  })
  assert.strictEqual(described.resources[0].configEntries[0].configValue, '4000000')

  await admin.setOffsets({ groupId: topic, topic, partitions: [{ partition: 0, offset: '0' }] })
  const offsets = await admin.fetchOffsets({ groupId: topic, topics: [topic] })
  assert.strictEqual(offsets[0].partitions.find(one => one.partition === 0).offset, '0')
  assert.ok((await admin.listGroups()).groups.some(group => group.groupId === topic))
  await admin.deleteGroups([topic])
  await admin.deleteTopics({ topics: [topic] })
  await admin.disconnect()
  console.log('ok')
}

main().catch(error => { console.error(error); process.exit(1) })
