/// One class of ours in a package of Kafka's: what the group coordinator's service needs to be put together by hand can only
/// be reached from here. Nothing else belongs here.
@NullMarked
package org.apache.kafka.coordinator.group;

import org.jspecify.annotations.NullMarked;
