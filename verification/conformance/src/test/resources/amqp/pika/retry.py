"""A worker that fails, on a queue that retries by itself: retry.py <host> <port> <name>"""
import sys
import time

import pika

host, port, name = sys.argv[1], int(sys.argv[2]), sys.argv[3]
connection = pika.BlockingConnection(pika.ConnectionParameters(host, port))
channel = connection.channel()
dead = name + ".dead"
channel.queue_declare(name, durable=True, arguments={
    "x-sluice-retry-initial-ms": 300,
    "x-sluice-retry-multiplier": 2,
    "x-sluice-retry-jitter": "none",
    "x-sluice-retry-max-attempts": 3,
    "x-sluice-dead-letter-queue": dead,
})
channel.basic_publish("", name, b"poison", pika.BasicProperties(headers={"kept": 1}))

times = []
for method, _properties, body in channel.consume(name, inactivity_timeout=20):
    assert method is not None, f"only {len(times)} tries"
    assert body == b"poison", body
    times.append(time.monotonic())
    assert method.redelivered == (len(times) > 1), len(times)
    channel.basic_nack(method.delivery_tag, requeue=True)
    if len(times) == 3:
        break
channel.cancel()
assert 0.29 <= times[1] - times[0] < 5, times
assert 0.59 <= times[2] - times[1] < 5, times

end = time.monotonic() + 20
letter = None
while letter is None and time.monotonic() < end:
    # A queue that is not there yet closes the channel.
    looking = connection.channel()
    try:
        method, properties, body = looking.basic_get(dead, auto_ack=True)
        letter = None if method is None else (properties, body)
    except pika.exceptions.ChannelClosedByBroker as closed:
        assert closed.reply_code == 404, closed
    time.sleep(0.02)
assert letter is not None, "no dead letter"
headers, body = letter[0].headers, letter[1]
assert body == b"poison", body
assert headers["kept"] == 1, headers
assert headers["x-death"][0]["reason"] == "delivery_limit", headers
assert headers["x-sluice-reason"] == "delivery_limit", headers
assert headers["x-sluice-error-code"] == "returned", headers
assert headers["x-sluice-attempts"] == 3, headers
assert headers["x-sluice-source-queue"] == name, headers
assert headers["x-sluice-source-offset"] == 0, headers

again = connection.channel()
again.basic_publish("", name, b"later", pika.BasicProperties(headers={"x-sluice-delay": 400}))
asked = time.monotonic()
for method, _properties, body in again.consume(name, inactivity_timeout=20):
    assert body == b"later", body
    assert time.monotonic() - asked >= 0.39, time.monotonic() - asked
    again.basic_ack(method.delivery_tag)
    break
again.cancel()
again.queue_delete(name)
again.queue_delete(dead)
connection.close()
print("ok")
