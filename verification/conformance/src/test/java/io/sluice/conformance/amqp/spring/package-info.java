/// Spring AMQP without Spring Boot: template, admin and both listener containers, as applications put them together.
@NullMarked
package io.sluice.conformance.amqp.spring;

import org.jspecify.annotations.NullMarked;
