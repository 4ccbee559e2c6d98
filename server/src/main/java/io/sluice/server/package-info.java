/// The process: settings, life cycle, command line and the admin endpoint.
@NullMarked
package io.sluice.server;

import org.jspecify.annotations.NullMarked;
