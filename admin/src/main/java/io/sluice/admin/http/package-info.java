/// HTTP as values: a request in, an answer out, and the table between them. Knows no sockets.
@NullMarked
package io.sluice.admin.http;

import org.jspecify.annotations.NullMarked;
