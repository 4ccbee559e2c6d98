package io.sluice.conformance.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// A class of tests with real clients against a running broker.
///
/// A test that takes [Clients] shares one broker with all the others: it makes its own topics and groups. A test that also takes
/// a [io.sluice.conformance.process.BrokerProcess] is given a broker of its own, which it may kill, and clients of that one.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Brokers.class)
public @interface Conformance {}
