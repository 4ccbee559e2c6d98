/// JSON as values: read, looked into, put together, written. The same texts serve as the catalog's arguments, where equal values must be equal
/// texts.
@NullMarked
package io.sluice.admin.json;

import org.jspecify.annotations.NullMarked;
