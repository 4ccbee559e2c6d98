/// What users of kafka-clients rely on, one class per subject.
@NullMarked
package io.sluice.conformance.client;

import org.jspecify.annotations.NullMarked;
