/// HTTP as its users see it: a request, the way to answer it, and what a listener bears. The connection itself is the transport's.
@NullMarked
package io.sluice.transport.http;

import org.jspecify.annotations.NullMarked;
