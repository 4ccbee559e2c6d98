"""A Celery application as one finds them: BROKER and NAME in the environment say where it works and on which queues."""
import os
import pathlib
import signal
import time

from celery import Celery
from celery.exceptions import Reject
from kombu import Exchange, Queue

NAME = os.environ["NAME"]
NOTES = pathlib.Path(os.environ["NOTES"])  # a directory in which tasks leave word

app = Celery("conformance", broker=os.environ["BROKER"], backend="rpc://")
app.conf.update(
    task_default_queue=NAME,
    task_queues=[
        Queue(NAME, Exchange(NAME), routing_key=NAME, queue_arguments={
            "x-dead-letter-exchange": "", "x-dead-letter-routing-key": f"{NAME}.dead"}),
        Queue(f"{NAME}.routed", Exchange(f"{NAME}.topic", type="topic"), routing_key="#.routed"),
        Queue(f"{NAME}.urgent", Exchange(NAME), routing_key=f"{NAME}.urgent", max_priority=10),
    ],
    task_routes={
        "tasks.routed": {"exchange": f"{NAME}.topic", "routing_key": "far.away.routed"},
        "tasks.note": {"queue": f"{NAME}.urgent"},
    },
    task_default_priority=3,
    worker_prefetch_multiplier=1,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    broker_connection_retry_on_startup=True,
    broker_heartbeat=10,
    result_expires=300,
    task_send_sent_event=True,
)


@app.task
def add(x, y):
    return x + y


@app.task(bind=True, max_retries=3)
def flaky(self):
    if self.request.retries < 2:
        raise self.retry(countdown=0.2)
    return self.request.retries


@app.task(autoretry_for=(ValueError,), max_retries=1, default_retry_delay=0.1)
def hopeless():
    raise ValueError("there is no hope")


@app.task
def clock():
    return time.time()


@app.task(bind=True)
def routed(self):
    return self.request.delivery_info["routing_key"]


@app.task(bind=True, acks_late=True, reject_on_worker_lost=True)
def killed_once(self, marker):
    if not (NOTES / marker).exists():
        (NOTES / marker).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return self.request.delivery_info["redelivered"]


@app.task(acks_late=True)
def note(word):
    with open(NOTES / "notes", "a") as notes:
        notes.write(word + "\n")


@app.task(acks_late=True)
def rejected():
    raise Reject("not for me", requeue=False)


@app.task(acks_late=True)
def patient(marker):
    """Waits, in the first worker for ever, for the second one to come."""
    first = not (NOTES / marker).exists()
    (NOTES / marker).touch()
    while first:
        time.sleep(1)
    return "done"
