# bunny, one scenario after the other: ruby scenarios.rb <host> <port> <name>
require "bunny"
require "logger"
require "timeout"

HOST, PORT, NAME = ARGV

def connected(**more)
  Bunny.new(host: HOST, port: PORT.to_i, user: "guest", password: "guest", connection_name: NAME, **more).start
end

def expect(what, expected, actual)
  raise "#{what}: expected #{expected.inspect}, was #{actual.inspect}" unless expected == actual
end

# The next `count` things of a queue between threads.
def await(things, count)
  Array.new(count) { things.pop }
end

def properties_survive(connection)
  channel = connection.create_channel
  queue = channel.queue("#{NAME}-properties", durable: true)
  headers = { "text" => "Grüße".b, "number" => 7, "large" => 2**40, "negative" => -5, "yes" => true, "nothing" => nil, "float" => 0.25,
              "list" => [1, "two", { "three" => 3 }], "table" => { "deep" => { "deeper" => "down" } }, "time" => Time.at(1_700_000_000) }
  sent = { content_type: "text/plain", content_encoding: "utf-8", priority: 3, correlation_id: "c", reply_to: "r", expiration: "60000",
           message_id: "m", type: "t", user_id: "guest", app_id: "a", timestamp: 1_700_000_000 }
  queue.publish("body", **sent, persistent: true, headers: headers)
  delivery, properties, body = queue.pop(manual_ack: true)
  received = properties.to_h
  expect("headers", headers, received.delete(:headers))
  expect("properties", sent.merge(delivery_mode: 2, timestamp: Time.at(1_700_000_000)), received)
  expect("body", "body", body)
  expect("redelivered", false, delivery.redelivered?)
  channel.ack(delivery.delivery_tag)
  expect("a second message", [nil, nil, nil], queue.pop)
  queue.delete
  channel.close
end

def confirms_and_returns_arrive(connection)
  channel = connection.create_channel
  channel.confirm_select
  exchange = channel.topic(NAME, durable: true)
  queue = channel.queue("", exclusive: true).bind(exchange, routing_key: "number.*")
  returned = Queue.new
  exchange.on_return { |info, _properties, body| returned << [info.reply_code, info.reply_text, body] }
  500.times { |i| exchange.publish(i.to_s, routing_key: "number.#{i}", persistent: true) }
  exchange.publish("nobody", routing_key: "elsewhere", mandatory: true)
  expect("all confirmed", true, channel.wait_for_confirms)
  expect("returned", [312, "NO_ROUTE", "nobody"], returned.pop)
  expect("messages", 500, queue.message_count)
  full = channel.queue("", exclusive: true, arguments: { "x-max-length" => 1, "x-overflow" => "reject-publish" })
  full.publish("fits")
  full.publish("does not")
  expect("all confirmed by a full queue", false, channel.wait_for_confirms)
  expect("refused", 1, channel.nacked_set.size)
  exchange.delete
  channel.close
end

def consumers_acknowledge_and_reject(connection)
  channel = connection.create_channel
  channel.prefetch(10)
  deaths = channel.fanout("#{NAME}-deaths")
  morgue = channel.queue("", exclusive: true).bind(deaths)
  queue = channel.queue("#{NAME}-mortal", durable: true, arguments: { "x-dead-letter-exchange" => deaths.name })
  seen = Queue.new
  consumer = queue.subscribe(manual_ack: true) do |delivery, _properties, body|
    seen << [body, delivery.redelivered?]
    if body == "good" then channel.ack(delivery.delivery_tag)
    elsif delivery.redelivered? then channel.reject(delivery.delivery_tag)
    else channel.nack(delivery.delivery_tag, false, true)
    end
  end
  channel.default_exchange.publish("good", routing_key: queue.name)
  channel.default_exchange.publish("bad", routing_key: queue.name)
  expect("deliveries", [["bad", false], ["bad", true], ["good", false]], await(seen, 3).sort_by(&:to_s))
  dead = Queue.new
  undertaker = morgue.subscribe { |delivery, properties, body| dead << [delivery.routing_key, properties, body] }
  key, properties, body = dead.pop
  death = properties.headers["x-death"][0]
  expect("the dead", [queue.name, "bad"], [key, body])
  expect("its death", [1, "rejected", queue.name, "", [queue.name]], death.values_at("count", "reason", "queue", "exchange", "routing-keys"))
  expect("its time", Time, death["time"].class)
  consumer.cancel
  undertaker.cancel
  queue.delete
  deaths.delete
  channel.close
end

def a_lost_connection_gives_back_what_it_held(connection)
  channel = connection.create_channel
  queue = channel.queue("#{NAME}-given-back", durable: true)
  3.times { |i| queue.publish(i.to_s) }
  other = connected
  holder = other.create_channel
  held = Queue.new
  holder.queue(queue.name, durable: true).subscribe(manual_ack: true) { |*, body| held << body }
  expect("held", %w[0 1 2], await(held, 3))
  expect("left", 0, queue.message_count)
  other.close
  again = Queue.new
  consumer = queue.subscribe { |delivery, _properties, body| again << [body, delivery.redelivered?] }
  expect("given back in order", [["0", true], ["1", true], ["2", true]], await(again, 3))
  consumer.cancel
  queue.delete
  channel.close
end

def a_deleted_queue_tells_its_consumer(connection)
  channel = connection.create_channel
  queue = channel.queue("#{NAME}-deleted")
  told = Queue.new
  consumer = Bunny::Consumer.new(channel, queue)
  consumer.on_cancellation { told << :cancelled }
  queue.subscribe_with(consumer)
  connection.create_channel.queue_delete(queue.name)
  expect("the consumer", :cancelled, told.pop)
  channel.close
end

def questions_are_answered(connection)
  server = connection.create_channel
  client = connection.create_channel
  questions = server.queue("", exclusive: true)
  questions.subscribe do |_delivery, properties, body|
    server.default_exchange.publish(body.reverse, routing_key: properties.reply_to, correlation_id: properties.correlation_id)
  end
  answers = Queue.new
  client.basic_consume("amq.rabbitmq.reply-to", "", true) { |_delivery, properties, body| answers << [properties.correlation_id, body] }
  client.default_exchange.publish("abc", routing_key: questions.name, reply_to: "amq.rabbitmq.reply-to", correlation_id: "7")
  expect("the answer", %w[7 cba], answers.pop)
  client.close
  server.close
end

def mistakes_are_told(connection)
  channel = connection.create_channel
  begin
    channel.queue("#{NAME}-none", passive: true)
    raise "a missing queue was found"
  rescue Bunny::NotFound => closed
    expect("why", "NOT_FOUND - no queue '#{NAME}-none' in vhost '/'", closed.channel_close.reply_text)
  end
  channel = connection.create_channel
  queue = channel.queue("#{NAME}-mine", exclusive: true)
  other = connected
  begin
    other.create_channel.queue(queue.name, exclusive: true)
    raise "an exclusive queue was shared"
  rescue Bunny::ResourceLocked => closed
    expect("why", true, closed.channel_close.reply_text.start_with?("RESOURCE_LOCKED - cannot obtain exclusive access to locked queue '#{queue.name}' in vhost '/'"))
  end
  other.close
  begin
    connected(password: "wrong", logger: Logger.new(IO::NULL))
    raise "a stranger was let in"
  rescue Bunny::AuthenticationFailureError => refused
    expect("why", true, refused.message.include?("Authentication with RabbitMQ failed"))
  end
  channel.close
end

Timeout.timeout(50) do
  connection = connected
  %i[properties_survive confirms_and_returns_arrive consumers_acknowledge_and_reject a_lost_connection_gives_back_what_it_held
     a_deleted_queue_tells_its_consumer questions_are_answered mistakes_are_told].each do |scenario|
    puts scenario
    $stdout.flush
    send(scenario, connection)
  end
  connection.close
end
puts "ok"
