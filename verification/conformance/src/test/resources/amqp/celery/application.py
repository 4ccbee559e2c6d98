"""Runs a Celery application and its workers: application.py <host> <port> <name>"""
import contextlib
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

host, port, name = sys.argv[1], sys.argv[2], sys.argv[3]
notes = pathlib.Path(tempfile.mkdtemp(prefix="celery-"))
os.environ |= {"BROKER": f"amqp://guest:guest@{host}:{port}//", "NAME": name, "NOTES": str(notes)}

from celery import chain, group  # noqa: E402
from celery.exceptions import TimeoutError, TaskRevokedError  # noqa: E402
from kombu import Connection  # noqa: E402

import tasks  # noqa: E402

PATIENCE = 40
app = tasks.app


def until(what, condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, f"never: {what}"
        time.sleep(0.05)


@contextlib.contextmanager
def worker(called, queues, concurrency=2):
    """A worker in processes of its own, killed with its children at the end if it is still there."""
    log = notes / f"{called}.log"
    process = subprocess.Popen(
        [sys.executable, "-m", "celery", "-A", "tasks", "worker", "-n", f"{called}@{name}", "-Q", queues, "-E",
         "-c", str(concurrency), "-l", "info", "--without-mingle"],
        cwd=pathlib.Path(__file__).parent, stdout=log.open("w"), stderr=subprocess.STDOUT, start_new_session=True)
    try:
        until(f"{called} is ready", lambda: " ready." in log.read_text() or process.poll() is not None)
        assert process.poll() is None, "the worker ended"
        yield process
    except BaseException:
        print(log.read_text()[-6000:])
        raise
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def kill(process):
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def results_come_back():
    assert tasks.add.delay(2, 3).get(timeout=PATIENCE) == 5
    asked = [tasks.add.delay(i, i) for i in range(50)]
    assert [one.get(timeout=PATIENCE) for one in asked] == [2 * i for i in range(50)]
    assert chain(tasks.add.s(1, 1), tasks.add.s(10), tasks.add.s(100))().get(timeout=PATIENCE) == 112
    assert group(tasks.add.s(i, 1) for i in range(10))().get(timeout=PATIENCE) == list(range(1, 11))
    large = "x" * 500_000
    assert tasks.add.delay(large, large).get(timeout=PATIENCE) == large * 2


def what_fails_is_tried_again():
    assert tasks.flaky.delay().get(timeout=PATIENCE) == 2
    lost = tasks.hopeless.delay()
    try:
        lost.get(timeout=PATIENCE)
        raise AssertionError("it succeeded")
    except ValueError as error:
        assert str(error) == "there is no hope"


def what_is_planned_waits():
    begin = time.time()
    later = tasks.clock.apply_async(countdown=1)
    soon = tasks.clock.delay()
    assert later.get(timeout=PATIENCE) >= begin + 1
    assert soon.get(timeout=PATIENCE) < later.get()


def routes_are_followed():
    assert tasks.routed.delay().get(timeout=PATIENCE) == "far.away.routed"


def what_comes_too_late_is_dropped():
    try:
        tasks.add.apply_async((1, 1), countdown=0.5, expires=0.1).get(timeout=PATIENCE)
        raise AssertionError("it was done")
    except TaskRevokedError:
        pass


def a_killed_child_does_not_lose_its_task():
    assert tasks.killed_once.delay("killed").get(timeout=PATIENCE) is True


def what_is_rejected_is_dead():
    with Connection(os.environ["BROKER"]) as connection:
        with connection.SimpleQueue(f"{name}.dead") as dead:
            asked = tasks.rejected.delay()
            letter = dead.get(timeout=PATIENCE)
            assert letter.headers["id"] == asked.id
            assert letter.headers["x-death"][0]["reason"] == "rejected"
            letter.ack()


def workers_obey():
    inspected = app.control.inspect(timeout=5, destination=[f"first@{name}"])
    assert inspected.ping() == {f"first@{name}": {"ok": "pong"}}
    assert "tasks.add" in inspected.registered()[f"first@{name}"]
    waiting = tasks.add.apply_async((1, 1), countdown=60)
    until("the task is scheduled", lambda: inspected.scheduled()[f"first@{name}"])
    app.control.revoke(waiting.id, reply=True, timeout=5, destination=[f"first@{name}"])
    until("the task is revoked", lambda: waiting.id in inspected.revoked()[f"first@{name}"])
    assert {queue["name"] for queue in inspected.active_queues()[f"first@{name}"]} == {name, f"{name}.routed"}


def what_workers_do_is_told():
    seen = []
    with app.connection() as connection:
        receiver = app.events.Receiver(connection, handlers={"*": lambda event: seen.append((event["type"], event.get("uuid")))})
        listening = threading.Thread(target=lambda: receiver.capture(limit=None, timeout=PATIENCE, wakeup=True), daemon=True)
        listening.start()
        # The receiver's queue is there some time after its thread: ask until it has heard.
        heard = set()

        def all_heard():
            asked = tasks.add.delay(1, 2)
            asked.get(timeout=PATIENCE)
            heard.update(kind for kind, _ in list(seen))
            return {"task-sent", "task-received", "task-started", "task-succeeded"} <= heard
        until("all events are heard", all_heard)
        receiver.should_stop = True
        listening.join(PATIENCE)


def the_urgent_is_done_first():
    for word, priority in [("a", 0), ("b", 9), ("c", 5), ("d", 9), ("e", 1)]:
        tasks.note.apply_async((word,), priority=priority)
    # Everything is there before a worker comes.
    with worker("urgent", f"{name}.urgent", concurrency=1):
        until("all are done", lambda: (notes / "notes").exists() and len((notes / "notes").read_text().split()) == 5)
    # The worker holds one while it does another: two orders are right for the first two of the same priority, no more.
    order = (notes / "notes").read_text().split()
    assert order == ["b", "d", "c", "e", "a"], order


def a_killed_worker_gives_back_what_it_held():
    with worker("doomed", name) as doomed:
        held = tasks.patient.delay("patient")
        planned = tasks.clock.apply_async(countdown=3)
        until("the task has begun", lambda: (notes / "patient").exists())
        kill(doomed)
        with worker("heir", name):
            assert held.get(timeout=PATIENCE) == "done"
            assert planned.get(timeout=PATIENCE)


def an_order_to_stop_is_followed(process):
    app.control.broadcast("shutdown", destination=[f"first@{name}"])
    assert process.wait(PATIENCE) == 0


with worker("first", f"{name},{name}.routed") as first:
    for scenario in [
        results_come_back, what_fails_is_tried_again, what_is_planned_waits, routes_are_followed, what_comes_too_late_is_dropped,
        a_killed_child_does_not_lose_its_task, what_is_rejected_is_dead, workers_obey, what_workers_do_is_told,
    ]:
        print(scenario.__name__, flush=True)
        scenario()
    print(an_order_to_stop_is_followed.__name__, flush=True)
    an_order_to_stop_is_followed(first)
for scenario in [the_urgent_is_done_first, a_killed_worker_gives_back_what_it_held]:
    print(scenario.__name__, flush=True)
    scenario()
shutil.rmtree(notes)
print("ok")
