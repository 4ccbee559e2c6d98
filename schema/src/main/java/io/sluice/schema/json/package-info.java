/// JSON texts, and JSON Schema: drafts 2020-12, 2019-09, 07, 06 and 04.
@NullMarked
package io.sluice.schema.json;

import org.jspecify.annotations.NullMarked;
