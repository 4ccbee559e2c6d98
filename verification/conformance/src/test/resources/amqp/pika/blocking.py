"""pika's blocking connection: blocking.py <host> <port> <name>"""
import datetime
import decimal
import sys

import pika
from pika.exceptions import ChannelClosedByBroker, NackError, UnroutableError
from pika.exchange_type import ExchangeType

host, port, name = sys.argv[1], int(sys.argv[2]), sys.argv[3]


def connected():
    parameters = pika.ConnectionParameters(
        host, port, credentials=pika.PlainCredentials("guest", "guest"),
        client_properties={"connection_name": name})
    return pika.BlockingConnection(parameters)


def take(channel, queue):
    """The next message of `queue`, unsettled; waits for it."""
    for method, properties, body in channel.consume(queue, inactivity_timeout=20):
        channel.cancel()
        assert method is not None, f"nothing came to {queue}"
        return method, properties, body


def properties_survive(connection):
    channel = connection.channel()
    channel.confirm_delivery()
    queue = channel.queue_declare(name + "-properties", durable=True).method.queue
    sent = pika.BasicProperties(
        content_type="text/plain", content_encoding="utf-8", delivery_mode=2, priority=5,
        correlation_id="correlation", reply_to="reply", expiration="60000", message_id="id",
        timestamp=1700000000, type="greeting", user_id="guest", app_id="conformance",
        headers={
            "text": "Grüße", "number": 42, "large": 2**40, "negative": -7, "true": True, "none": None,
            "list": [1, "two", {"three": 3}], "table": {"deep": {"deeper": "x" * 300}},
            "time": datetime.datetime(2024, 2, 29, 12, 0, 0), "decimal": decimal.Decimal("3.14"), "bytes": bytes([0, 255]),
        })
    body = bytes(range(256)) * 4
    channel.basic_publish("", queue, body, sent, mandatory=True)
    method, received, got = channel.basic_get(queue)
    assert got == body
    assert received == sent, (received, sent)
    assert (method.exchange, method.routing_key) == ("", queue)
    assert not method.redelivered and method.message_count == 0
    channel.basic_ack(method.delivery_tag)
    assert channel.basic_get(queue) == (None, None, None)
    channel.close()


def bodies_of_every_size_arrive(connection):
    channel = connection.channel()
    channel.confirm_delivery()
    queue = channel.queue_declare("", exclusive=True).method.queue
    # Around what fits a frame of 131,072 bytes with its 8 bytes of frame.
    sizes = [0, 1, 131_063, 131_064, 131_065, 262_128, 262_129, 1_000_000]
    for size in sizes:
        channel.basic_publish("", queue, b"z" * size)
    for size in sizes:
        method, _, body = channel.basic_get(queue, auto_ack=True)
        assert method is not None and len(body) == size, (size, len(body or b""))
    channel.close()


def what_nobody_takes_comes_back(connection):
    channel = connection.channel()
    channel.confirm_delivery()
    try:
        channel.basic_publish("", name + "-nowhere", b"lost?", mandatory=True)
        raise AssertionError("an unroutable message was confirmed")
    except UnroutableError as returned:
        message = returned.messages[0]
        assert message.method.reply_code == 312 and message.method.reply_text == "NO_ROUTE"
        assert message.body == b"lost?"
    channel.basic_publish("", name + "-nowhere", b"dropped in silence")
    full = channel.queue_declare(
        name + "-full", arguments={"x-max-length": 1, "x-overflow": "reject-publish"}).method.queue
    channel.basic_publish("", full, b"fits")
    try:
        channel.basic_publish("", full, b"does not")
        raise AssertionError("a full queue confirmed")
    except NackError:
        pass
    channel.queue_delete(full)
    channel.close()


def exchanges_route(connection):
    channel = connection.channel()
    cases = {
        ExchangeType.direct: (["a"], {}, [("a", {}, True), ("b", {}, False)]),
        ExchangeType.fanout: (["ignored"], {}, [("anything", {}, True)]),
        ExchangeType.topic: (["*.orange.#"], {}, [
            ("quick.orange", {}, True), ("quick.orange.male.rabbit", {}, True), ("orange", {}, False)]),
        ExchangeType.headers: ([""], {"x-match": "all", "kind": "pdf", "pages": 2}, [
            ("", {"kind": "pdf", "pages": 2, "more": 1}, True), ("", {"kind": "pdf"}, False)]),
    }
    for kind, (keys, arguments, messages) in cases.items():
        exchange = f"{name}-{kind.value}"
        channel.exchange_declare(exchange, kind, durable=True)
        channel.exchange_declare(exchange, passive=True)
        queue = channel.queue_declare("", exclusive=True).method.queue
        for key in keys:
            channel.queue_bind(queue, exchange, key, arguments)
        for key, headers, routed in messages:
            channel.basic_publish(exchange, key, b"m", pika.BasicProperties(headers=headers))
            method, _, _ = channel.basic_get(queue, auto_ack=True)
            assert (method is not None) == routed, (kind, key, headers)
        channel.queue_unbind(queue, exchange, keys[0], arguments)
        channel.basic_publish(exchange, messages[0][0], b"m", pika.BasicProperties(headers=messages[0][1]))
        assert channel.basic_get(queue)[0] is None, f"{kind} after unbind"
        channel.exchange_delete(exchange)
    channel.close()


def what_is_not_settled_comes_back_in_its_place(connection):
    queue = name + "-redelivery"
    with connected() as other:
        channel = other.channel()
        channel.queue_declare(queue, durable=True)
        for number in range(4):
            channel.basic_publish("", queue, b"%d" % number)
        tags = [channel.basic_get(queue)[0].delivery_tag for _ in range(4)]
        channel.basic_ack(tags[0])
        channel.basic_nack(tags[2], requeue=True)
        method, _, body = take(channel, queue)
        assert body == b"2" and method.redelivered
    # The connection has been closed with 1, 2 and 3 in its hands.
    channel = connection.channel()
    seen = []
    for method, _, body in channel.consume(queue, auto_ack=True, inactivity_timeout=20):
        assert method is not None and method.redelivered, body
        seen.append(body)
        if len(seen) == 3:
            break
    assert seen == [b"1", b"2", b"3"], seen
    channel.cancel()
    channel.queue_delete(queue)
    channel.close()


def prefetch_bounds_what_is_in_flight(connection):
    channel = connection.channel()
    queue = channel.queue_declare("", exclusive=True).method.queue
    for number in range(10):
        channel.basic_publish("", queue, b"%d" % number)
    channel.basic_qos(prefetch_count=3)
    held = []
    tag = channel.basic_consume(queue, lambda _channel, method, _properties, body: held.append((method, body)))
    while len(held) < 3:
        connection.process_data_events(time_limit=1)
    # A round trip later nothing more can be on its way.
    assert channel.queue_declare(queue, passive=True).method.message_count == 7
    assert len(held) == 3
    channel.basic_ack(held[1][0].delivery_tag, multiple=True)
    while len(held) < 5:
        connection.process_data_events(time_limit=1)
    assert channel.queue_declare(queue, passive=True).method.message_count == 5
    assert [body for _, body in held] == [b"0", b"1", b"2", b"3", b"4"]
    channel.basic_cancel(tag)
    channel.close()


def dead_letters_say_why(connection):
    channel = connection.channel()
    morgue = channel.queue_declare(name + "-morgue", durable=True).method.queue
    queue = channel.queue_declare(name + "-mortal", durable=True, arguments={
        "x-dead-letter-exchange": "", "x-dead-letter-routing-key": morgue, "x-message-ttl": 60_000}).method.queue
    channel.basic_publish("", queue, b"rejected", pika.BasicProperties(headers={"kept": 1}))
    channel.basic_reject(take(channel, queue)[0].delivery_tag, requeue=False)
    _, properties, body = take(channel, morgue)
    death = properties.headers["x-death"][0]
    assert body == b"rejected" and properties.headers["kept"] == 1
    assert (death["count"], death["reason"], death["queue"]) == (1, "rejected", queue), death
    assert death["exchange"] == "" and death["routing-keys"] == [queue], death
    assert properties.headers["x-first-death-reason"] == "rejected"
    channel.basic_publish("", queue, b"expired", pika.BasicProperties(expiration="50"))
    method, properties, body = take(channel, morgue)
    # The first message was left unsettled; this is the one that has expired.
    assert body == b"expired", body
    death = properties.headers["x-death"][0]
    assert (death["reason"], death["original-expiration"]) == ("expired", "50"), death
    assert properties.expiration is None
    channel.basic_ack(method.delivery_tag)
    channel.queue_delete(queue)
    channel.queue_delete(morgue)
    channel.close()


def the_more_urgent_comes_first(connection):
    channel = connection.channel()
    queue = channel.queue_declare(name + "-urgent", durable=True, arguments={"x-max-priority": 5}).method.queue
    for number, priority in enumerate([None, 1, 5, 3, 9, 5, 0]):
        channel.basic_publish("", queue, b"%d" % number, pika.BasicProperties(priority=priority))
    order = [channel.basic_get(queue, auto_ack=True)[2] for _ in range(7)]
    # 9 counts as 5, none as 0.
    assert order == [b"2", b"4", b"5", b"3", b"1", b"0", b"6"], order
    channel.queue_delete(queue)
    channel.close()


def a_deleted_queue_cancels_its_consumer(connection):
    channel = connection.channel()
    queue = channel.queue_declare(name + "-deleted").method.queue
    cancelled = []
    channel.add_on_cancel_callback(lambda frame: cancelled.append(frame.method.consumer_tag))
    tag = channel.basic_consume(queue, lambda *_: None)
    with connected() as other:
        other.channel().queue_delete(queue)
    while not cancelled:
        connection.process_data_events(time_limit=1)
    assert cancelled == [tag]
    channel.close()


def mistakes_close_the_channel_only(connection):
    channel = connection.channel()
    for code, text, mistake in [
        (404, f"NOT_FOUND - no queue '{name}-none' in vhost '/'",
         lambda: channel.queue_declare(name + "-none", passive=True)),
        (404, f"NOT_FOUND - no exchange '{name}-none' in vhost '/'",
         lambda: channel.queue_bind(channel.queue_declare("", exclusive=True).method.queue, name + "-none")),
        (403, "ACCESS_REFUSED - exchange name 'amq.mine' contains reserved prefix 'amq.*'",
         lambda: channel.exchange_declare("amq.mine")),
        (406, "PRECONDITION_FAILED - inequivalent arg 'type' for exchange 'amq.fanout' in vhost '/': "
              "received 'direct' but current is 'fanout'",
         lambda: channel.exchange_declare("amq.fanout", "direct", durable=True)),
    ]:
        try:
            mistake()
            raise AssertionError(f"{text} was expected")
        except ChannelClosedByBroker as closed:
            assert (closed.reply_code, closed.reply_text) == (code, text), closed
        assert connection.is_open
        channel = connection.channel()
    channel.close()


def a_reply_finds_its_way(connection):
    server = connection.channel()
    client = connection.channel()
    requests = server.queue_declare("", exclusive=True).method.queue

    def serve(_channel, method, properties, body):
        server.basic_publish("", properties.reply_to, body.upper(),
                             pika.BasicProperties(correlation_id=properties.correlation_id))
        server.basic_ack(method.delivery_tag)

    server.basic_consume(requests, serve)
    replies = []
    client.basic_consume("amq.rabbitmq.reply-to", lambda _channel, _method, properties, body:
                         replies.append((properties.correlation_id, body)), auto_ack=True)
    for number in range(3):
        client.basic_publish("", requests, b"question %d" % number, pika.BasicProperties(
            reply_to="amq.rabbitmq.reply-to", correlation_id=str(number)))
    while len(replies) < 3:
        connection.process_data_events(time_limit=1)
    assert replies == [(str(number), b"QUESTION %d" % number) for number in range(3)], replies
    client.close()
    server.close()


def a_transaction_is_all_or_nothing(connection):
    channel = connection.channel()
    queue = channel.queue_declare("", exclusive=True).method.queue
    channel.tx_select()
    channel.basic_publish("", queue, b"given up")
    channel.tx_rollback()
    channel.basic_publish("", queue, b"kept")
    assert channel.basic_get(queue)[0] is None, "before the commit"
    channel.tx_commit()
    assert channel.basic_get(queue, auto_ack=True)[2] == b"kept"
    channel.close()


connection = connected()
for scenario in [
    properties_survive, bodies_of_every_size_arrive, what_nobody_takes_comes_back, exchanges_route,
    what_is_not_settled_comes_back_in_its_place, prefetch_bounds_what_is_in_flight, dead_letters_say_why,
    the_more_urgent_comes_first, a_deleted_queue_cancels_its_consumer, mistakes_close_the_channel_only,
    a_reply_finds_its_way, a_transaction_is_all_or_nothing,
]:
    print(scenario.__name__, flush=True)
    scenario(connection)
connection.close()
print("ok")
