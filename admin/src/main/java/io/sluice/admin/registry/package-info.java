/// The schema registry's API, at the paths and with the words that serializers of Confluent's kind use: a file per kind of path.
@NullMarked
package io.sluice.admin.registry;

import org.jspecify.annotations.NullMarked;
