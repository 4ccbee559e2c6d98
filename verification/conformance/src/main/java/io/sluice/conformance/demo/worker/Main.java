package io.sluice.conformance.demo.worker;

import java.net.URI;

/// One worker as a process: `amqp` or `sqs`, the broker's port, the queue, the gateway's address. It ends when its input does.
public final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
        var charging = new Charging(URI.create(arguments[3]));
        int port = Integer.parseInt(arguments[1]);
        switch (arguments[0]) {
            case "amqp" -> new AmqpWorker(charging).start(port, arguments[2]);
            case "sqs" -> new SqsWorker(charging).start(port, arguments[2]);
            case String other -> throw new IllegalArgumentException("no such worker: " + other);
        }
        while (System.in.read() >= 0) {
            // Whoever started it is there.
        }
        System.exit(0);
    }
}
