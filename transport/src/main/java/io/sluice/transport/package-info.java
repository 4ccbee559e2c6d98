/// Sockets: the only module that reads from or writes to a connection.
@NullMarked
package io.sluice.transport;

import org.jspecify.annotations.NullMarked;
