/// What only this broker has, below `/api/sluice/`: a file per resource. Refusals are [Problem]s.
@NullMarked
package io.sluice.admin.sluice;

import org.jspecify.annotations.NullMarked;
