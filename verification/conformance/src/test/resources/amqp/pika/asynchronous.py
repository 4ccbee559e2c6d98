"""A publisher and a consumer on pika's asynchronous connections: asynchronous.py <host> <port> <name>

Everything is sent without waiting, confirms and acknowledgements come and go in bulk.
"""
import sys

import pika

host, port, name = sys.argv[1], int(sys.argv[2]), sys.argv[3]
TOTAL = 2_000


class Work:
    def __init__(self):
        self.confirmed = set()
        self.received = []
        self.multiple = 0
        self.connection = pika.SelectConnection(
            pika.ConnectionParameters(host, port), on_open_callback=self.opened,
            on_open_error_callback=self.failed, on_close_callback=self.closed)

    def failed(self, _connection, error):
        raise error

    def closed(self, connection, reason):
        assert isinstance(reason, pika.exceptions.ConnectionClosedByClient), repr(reason)
        connection.ioloop.stop()

    def opened(self, connection):
        connection.ioloop.call_later(50, lambda: sys.exit(
            f"{len(self.confirmed)} confirmed, {len(self.received)} received of {TOTAL}"))
        connection.channel(on_open_callback=self.declare)

    def declare(self, channel):
        self.publisher = channel
        channel.exchange_declare(name, "topic", durable=True)
        channel.queue_declare(name, durable=True)
        channel.queue_bind(name, name, "number.*", callback=self.bound)

    def bound(self, _frame):
        self.connection.channel(on_open_callback=self.consume)
        self.publisher.confirm_delivery(self.settled, callback=self.publish)

    def publish(self, _frame):
        persistent = pika.BasicProperties(delivery_mode=2)
        for number in range(TOTAL):
            self.publisher.basic_publish(name, f"number.{number}", b"%d" % number, persistent)

    def settled(self, frame):
        assert isinstance(frame.method, pika.spec.Basic.Ack), frame
        tag = frame.method.delivery_tag
        if frame.method.multiple:
            self.multiple += 1
            self.confirmed.update(range(1, tag + 1))
        else:
            assert tag not in self.confirmed, f"{tag} was confirmed twice"
            self.confirmed.add(tag)
        self.end_when_done()

    def consume(self, channel):
        channel.basic_qos(prefetch_count=100)
        channel.basic_consume(name, self.delivered)

    def delivered(self, channel, method, _properties, body):
        assert method.routing_key == "number." + body.decode()
        self.received.append(int(body))
        if len(self.received) % 50 == 0:
            channel.basic_ack(method.delivery_tag, multiple=True)
        self.end_when_done()

    def end_when_done(self):
        if len(self.confirmed) == TOTAL and len(self.received) == TOTAL:
            self.publisher.queue_delete(name, callback=self.deleted)

    def deleted(self, frame):
        assert frame.method.message_count == 0, frame
        self.publisher.exchange_delete(name, callback=lambda _frame: self.connection.close())


work = Work()
work.connection.ioloop.start()
assert work.received == list(range(TOTAL)), "out of order"
print(f"{work.multiple} multiple confirms")
print("ok")
