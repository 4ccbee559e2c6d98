/// AMQP clients of other making: amqp-tools (C), pika and Celery (Python), amqplib (Node), php-amqplib, bunny (Ruby), amqp091-go.
///
/// What a client in another language does and expects is a script of its own, in that language; each ends with `ok` or says what it missed.
@NullMarked
package io.sluice.conformance.amqp.tools;

import org.jspecify.annotations.NullMarked;
