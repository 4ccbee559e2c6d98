package io.sluice.conformance.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Options of `serve` for a test's own broker. They are Sluice's: against another broker the test is skipped.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface ServedWith {
    String[] value();
}
