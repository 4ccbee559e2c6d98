/// Who may come in. Pure decisions over what the catalog holds.
@NullMarked
package io.sluice.broker.security;

import org.jspecify.annotations.NullMarked;
