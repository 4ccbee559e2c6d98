package io.sluice.conformance.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/// The payment gateway: charges what it is sent, once each, and has its moods. What it has charged is the truth that the story ends with.
///
/// Thread-safe.
final class Gateway implements AutoCloseable {
    private static final int OK = 200;
    private static final int UNREADABLE = 422;
    private static final int UNAVAILABLE = 503;
    private static final long NANOS_PER_MILLI = 1_000_000;

    /// How it is today.
    enum Mood {
        WELL(15),
        SLOW(700),
        DOWN(5);

        private final long millis;

        Mood(long millis) {
            this.millis = millis;
        }
    }

    private final HttpServer server;
    private final Map<String, Payment> charged = new HashMap<>();
    private final Map<String, Integer> latestOfAccount = new HashMap<>();
    private final List<String> outOfOrder = new ArrayList<>();
    private volatile Mood mood = Mood.WELL;
    private volatile boolean fixed;
    private long again;
    private long refused;

    Gateway() throws IOException {
        server =
                HttpServer.create(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 512);
        server.createContext("/charge", this::charge);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/charge";
    }

    void mood(Mood now) {
        mood = now;
    }

    Mood mood() {
        return mood;
    }

    /// From now on it can read what was poison.
    void fix() {
        fixed = true;
    }

    synchronized int charged() {
        return charged.size();
    }

    /// Payments that it was asked to charge although it had.
    synchronized long again() {
        return again;
    }

    /// Requests that it could not do with.
    synchronized long refused() {
        return refused;
    }

    synchronized boolean hasCharged(String id) {
        return charged.containsKey(id);
    }

    /// Payments that were charged before an earlier one of their account.
    synchronized List<String> outOfOrder() {
        return List.copyOf(outOfOrder);
    }

    private void charge(HttpExchange exchange) throws IOException {
        var today = mood;
        var text = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        LockSupport.parkNanos(today.millis * NANOS_PER_MILLI);
        int status = today == Mood.DOWN ? UNAVAILABLE : charge(text);
        var body = body(status).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    private static String body(int status) {
        return switch (status) {
            case OK -> "charged";
            case UNREADABLE -> "amount is no number";
            default -> "come back later";
        };
    }

    private synchronized int charge(String text) {
        var found = Payment.of(text);
        if (found.isEmpty() || (found.get().poison() && !fixed)) {
            refused++;
            return UNREADABLE;
        }
        var payment = found.get();
        if (charged.putIfAbsent(payment.id(), payment) != null) {
            again++;
            return OK;
        }
        if (!payment.poison()) {
            int latest = latestOfAccount.getOrDefault(payment.account(), 0);
            if (payment.number() < latest) {
                outOfOrder.add(payment.id());
            }
            latestOfAccount.put(payment.account(), Math.max(latest, payment.number()));
        }
        return OK;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
