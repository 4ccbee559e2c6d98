/// Protocol Buffers: `.proto` texts are parsed here, linked by Google's library, and values are walked over by their descriptors.
@NullMarked
package io.sluice.schema.protobuf;

import org.jspecify.annotations.NullMarked;
